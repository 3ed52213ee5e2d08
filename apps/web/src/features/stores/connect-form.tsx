import { Checkbox, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { StoreCreated } from '@sendocki/domain/stores/store'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/screen-states.tsx'
import { KeyFields, MeansChoice, SecretField } from './credential-fields.tsx'
import { createStore } from './stores.api.ts'
import classes from './stores.module.css'
import { asksAddress, bodyOf, type Means, meansOf, type Values, type Way } from './ways.ts'

interface ConnectFormProps {
  readonly way: Way
  /** Where another shop is chosen; absent where all of them stay in view. */
  readonly onBack?: () => void
  readonly onMade: (store: StoreCreated) => void
}

/** What one way in asks of a merchant; the fields follow the means that was chosen. */
export const ConnectForm = ({ way, onBack, onMade }: ConnectFormProps) => {
  const { t } = useTranslation('stores')
  const [key] = useState(() => crypto.randomUUID())
  const offered = meansOf[way]
  const [means, setMeans] = useState<Means>(offered[0] ?? 'hook')
  const needs = (asked: boolean) => (value: string) => (asked ? filled(value) : null)
  const form = useForm<Values>({
    mode: 'uncontrolled',
    initialValues: {
      ...{ name: '', means, shop: '', webhookSecret: '', consumerKey: '', consumerSecret: '', unsigned: false },
    },
    validate: {
      name: filled,
      shop: needs(asksAddress(way, means)),
      webhookSecret: needs(means === 'webhook'),
      consumerKey: needs(means === 'keys'),
      consumerSecret: needs(means === 'keys'),
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => createStore(bodyOf(way, { ...values, means }), `${key}:${means}`),
    onDone: onMade,
    fieldOf: {
      'store.shop_invalid': 'shop',
      'store.shop_taken': 'shop',
      'url.not_allowed': 'shop',
      'store.credentials_refused': 'consumerSecret',
    },
    textOf: problemText,
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {problem !== null && <ErrorState title={problemText(problem)} code={problemCode(problem)} />}
      <TextInput
        size="md"
        label={t('name')}
        description={t('nameHint')}
        data-autofocus
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
      {offered.length > 1 && <MeansChoice offered={offered} chosen={means} onChoose={setMeans} />}
      {asksAddress(way, means) && (
        <TextInput
          size="md"
          label={t(way === 'woocommerce' ? 'siteAddress' : 'shopAddress')}
          description={t(way === 'woocommerce' ? 'siteHint' : 'shopHint')}
          dir="ltr"
          inputMode="url"
          autoComplete="off"
          key={form.key('shop')}
          {...form.getInputProps('shop')}
        />
      )}
      {means === 'webhook' && <SecretField platform={way} {...form.getInputProps('webhookSecret')} />}
      {means === 'keys' && (
        <KeyFields keyProps={form.getInputProps('consumerKey')} secretProps={form.getInputProps('consumerSecret')} />
      )}
      {way === 'generic' && (
        <Checkbox
          label={t('unsigned')}
          description={t('unsignedHint')}
          key={form.key('unsigned')}
          {...form.getInputProps('unsigned', { type: 'checkbox' })}
        />
      )}
      <div className={classes.actions}>
        {onBack && (
          <Button variant="quiet" onClick={onBack}>
            {t('back')}
          </Button>
        )}
        <Button variant="filled" type="submit" pending={pending}>
          {means === 'consent' && way !== 'sheet' && way !== 'generic' ? t(`goTo.${way}`) : t('create')}
        </Button>
      </div>
    </form>
  )
}
