import { TextInput } from '@mantine/core'
import type { StorePlatform } from '@sendocki/domain/stores/store'
import { useTranslation } from 'react-i18next'
import type { Way } from './ways.ts'

const withHints = ['shopify', 'youcan', 'woocommerce', 'lightfunnels'] as const

/** Where a merchant finds the secret that their shop signs with, or chooses it. */
export const SecretField = ({ platform, ...props }: { platform: Way | StorePlatform }) => {
  const { t } = useTranslation('stores')
  const known = withHints.find((one) => one === platform)
  return (
    <TextInput
      size="md"
      label={t('signingSecret')}
      {...(known ? { description: t(`signingSecretHint.${known}`) } : {})}
      dir="ltr"
      autoComplete="off"
      {...props}
    />
  )
}

interface KeyFieldsProps {
  readonly keyProps: object
  readonly secretProps: object
}

/** WooCommerce's pair of keys. */
export const KeyFields = ({ keyProps, secretProps }: KeyFieldsProps) => {
  const { t } = useTranslation('stores')
  const common = { size: 'md', dir: 'ltr', autoComplete: 'off', spellCheck: false } as const
  return (
    <>
      <TextInput {...common} label={t('consumerKey')} description={t('consumerKeyHint')} {...keyProps} />
      <TextInput {...common} label={t('consumerSecret')} {...secretProps} />
    </>
  )
}
