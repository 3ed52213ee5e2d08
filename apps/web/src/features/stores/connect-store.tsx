import { Checkbox, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { CreateStore, StoreCreated } from '@sendocki/domain/stores/store'
import { IconCode, IconShoppingBag, IconWebhook } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { SecretOnce } from './secret-once.tsx'
import { createStore } from './stores.api.ts'
import classes from './stores.module.css'

const ways = ['shopify', 'shopify_webhook', 'generic'] as const
type Way = (typeof ways)[number]

const icons: Record<Way, ReactNode> = {
  shopify: <IconShoppingBag size={20} stroke={1.75} />,
  shopify_webhook: <IconWebhook size={20} stroke={1.75} />,
  generic: <IconCode size={20} stroke={1.75} />,
}

/** Three ways in: Shopify's consent page, a webhook pasted in the shop's own settings, or our signed hook. */
export const ConnectStore = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('stores')
  const [way, setWay] = useState<Way | null>(null)
  const [made, setMade] = useState<StoreCreated | null>(null)
  if (made?.webhookSecret)
    return (
      <SecretOnce secret={made.webhookSecret} webhookUrl={made.webhookUrl} unsigned={made.unsigned} onClose={onClose} />
    )
  const onMade = (store: StoreCreated): void => {
    if (store.authorizeUrl) location.assign(store.authorizeUrl)
    else if (store.webhookSecret) setMade(store)
    else {
      showToast({ message: t('connected', { name: store.name }) })
      onClose()
    }
  }
  return (
    <Dialog opened onClose={onClose} title={t('connectTitle')}>
      {way === null ? (
        <div className={classes.ways}>
          {ways.map((name) => (
            <button key={name} type="button" className={classes.way} onClick={() => setWay(name)}>
              {icons[name]}
              <span>
                <b>{t(`way.${name}.title`)}</b>
                <span>{t(`way.${name}.text`)}</span>
              </span>
            </button>
          ))}
        </div>
      ) : (
        <ConnectForm way={way} onBack={() => setWay(null)} onMade={onMade} />
      )}
    </Dialog>
  )
}

interface Values {
  name: string
  shop: string
  webhookSecret: string
  unsigned: boolean
}

const bodyFor = (way: Way, { name, shop, webhookSecret, unsigned }: Values): CreateStore => {
  switch (way) {
    case 'shopify':
      return { platform: 'shopify', name: name.trim(), shop: shopHost(shop) }
    case 'shopify_webhook':
      return { platform: 'shopify', name: name.trim(), credentials: { webhookSecret: webhookSecret.trim() } }
    case 'generic':
      return { platform: 'generic', name: name.trim(), unsigned }
  }
}

/** People paste the shop's address in any form; its own name is enough. */
const shopHost = (text: string): string => {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
  return host.includes('.') ? host : `${host}.myshopify.com`
}

const ConnectForm = ({
  way,
  onBack,
  onMade,
}: {
  way: Way
  onBack: () => void
  onMade: (store: StoreCreated) => void
}) => {
  const { t } = useTranslation('stores')
  const [key] = useState(() => crypto.randomUUID())
  const form = useForm<Values>({
    mode: 'uncontrolled',
    initialValues: { name: '', shop: '', webhookSecret: '', unsigned: false },
    validate: {
      name: filled,
      shop: (value) => (way === 'shopify' ? filled(value) : null),
      webhookSecret: (value) => (way === 'shopify_webhook' ? filled(value) : null),
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => createStore(bodyFor(way, values), key),
    onDone: onMade,
    fieldOf: { 'store.shop_invalid': 'shop', 'store.shop_taken': 'shop' },
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
      {way === 'shopify' && (
        <TextInput
          size="md"
          label={t('shopAddress')}
          description={t('shopHint')}
          dir="ltr"
          inputMode="url"
          autoComplete="off"
          key={form.key('shop')}
          {...form.getInputProps('shop')}
        />
      )}
      {way === 'shopify_webhook' && (
        <TextInput
          size="md"
          label={t('signingSecret')}
          description={t('signingSecretHint')}
          dir="ltr"
          autoComplete="off"
          key={form.key('webhookSecret')}
          {...form.getInputProps('webhookSecret')}
        />
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
        <Button variant="quiet" onClick={onBack}>
          {t('back')}
        </Button>
        <Button variant="filled" type="submit" pending={pending}>
          {t(way === 'shopify' ? 'goToShopify' : 'create')}
        </Button>
      </div>
    </form>
  )
}
