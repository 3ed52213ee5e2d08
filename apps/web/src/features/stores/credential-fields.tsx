import { Radio, TextInput } from '@mantine/core'
import type { StorePlatform } from '@sendocki/domain/stores/store'
import { useTranslation } from 'react-i18next'
import classes from './stores.module.css'
import type { Means, Way } from './ways.ts'

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

interface MeansChoiceProps {
  readonly offered: readonly Means[]
  readonly chosen: Means
  readonly onChoose: (means: Means) => void
}

/** How a shop lets us in, where there is a choice. */
export const MeansChoice = ({ offered, chosen, onChoose }: MeansChoiceProps) => {
  const { t } = useTranslation('stores')
  return (
    <Radio.Group label={t('means')} value={chosen} onChange={(value) => onChoose(value as Means)}>
      <div className={classes.choices}>
        {offered.map((means) => (
          <Radio
            key={means}
            value={means}
            label={t(`meansOf.${means}.title`)}
            description={t(`meansOf.${means}.text`)}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
