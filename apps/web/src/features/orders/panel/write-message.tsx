import { Popover, Radio } from '@mantine/core'
import {
  type BuyerMessage,
  buyerMessage,
  buyerMessages,
  likelyMessage,
  type MessageFacts,
  type Tongue,
  tongueOf,
  tongues,
  whatsappLink,
} from '@sendocki/domain/messages/buyer-message'
import type { Order, OrderSummary } from '@sendocki/domain/orders/order'
import { IconBrandWhatsapp, IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lib/me.ts'
import { placesQuery } from '../../../lib/places.ts'
import { keepPreference, keptPreference, preferenceKeys } from '../../../lib/preferences.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { SkeletonRows } from '../../../ui/screen-states.tsx'
import classes from './write-message.module.css'

const keptTongue = (): Tongue | undefined => tongues.find((tongue) => tongue === keptPreference(preferenceKeys.tongue))

/** What the order says, with the city spelt as the tongue is written. */
const useFacts = (order: Order, tongue: Tongue): MessageFacts => {
  const { merchant } = useMe()
  const { city, cityText } = order.shippingAddress
  const { data } = useQuery({ ...placesQuery, enabled: tongue === 'darija_arabic' && city !== null })
  const arabic = tongue === 'darija_arabic' && city !== null ? data?.cityById.get(city.id)?.ar : undefined
  return {
    shop: merchant?.name ?? 'Sendocki',
    customerName: order.customer.name,
    number: order.number,
    products: order.lines.map(({ name }) => name),
    amountCentimes: order.codAmountCentimes,
    city: arabic ?? city?.name ?? cityText,
  }
}

interface WriteProps {
  /** As lists know it until all of it is there: the message names what was ordered. */
  readonly order: OrderSummary | Order
  /** E.164, whole: whoever sees a mask has nobody to write to. */
  readonly phone: string
  /** `W` opens the first of them. */
  readonly first: boolean
}

/** A message to start from, in French or in Darija, opened in WhatsApp with the text in its field; a person sends it. */
export const WriteMessage = ({ order, phone, first }: WriteProps) => {
  const { t } = useTranslation('orders')
  const [opened, setOpened] = useState(false)
  useShortcuts([{ keys: 'w', label: t('write.action'), run: () => setOpened(true) }], { on: first })
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.write}
          title={t('write.action')}
          aria-label={t('write.action')}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <IconBrandWhatsapp size={16} stroke={1.75} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.message} aria-label={t('write.action')}>
        {opened &&
          ('lines' in order ? (
            <Draft order={order} phone={phone} onSent={() => setOpened(false)} />
          ) : (
            <SkeletonRows rows={4} label={t('panel.loading')} />
          ))}
      </Popover.Dropdown>
    </Popover>
  )
}

interface DraftProps {
  readonly order: Order
  readonly phone: string
  readonly onSent: () => void
}

const Draft = ({ order, phone, onSent }: DraftProps) => {
  const { t } = useTranslation('orders')
  const [tongue, setTongue] = useState(() => keptTongue() ?? tongueOf(order.customer.name))
  const [message, setMessage] = useState<BuyerMessage>(() => likelyMessage(order))
  const text = buyerMessage(message, tongue, useFacts(order, tongue))
  const choose = (value: string): void => {
    const chosen = tongues.find((one) => one === value)
    if (!chosen) return
    keepPreference(preferenceKeys.tongue, chosen)
    setTongue(chosen)
  }
  return (
    <>
      <Radio.Group label={t('write.tongue')} value={tongue} onChange={choose}>
        <div className={classes.tongues}>
          {tongues.map((one) => (
            <Radio key={one} size="sm" value={one} label={t(`write.in.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      <Radio.Group
        label={t('write.about')}
        value={message}
        onChange={(value) => setMessage(buyerMessages.find((one) => one === value) ?? message)}
      >
        <div className={classes.tongues}>
          {buyerMessages.map((one) => (
            <Radio key={one} size="sm" value={one} label={t(`write.message.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      <blockquote dir={tongue === 'darija_arabic' ? 'rtl' : 'ltr'} lang={tongue === 'fr' ? 'fr' : 'ary'}>
        {text}
      </blockquote>
      <div className={classes.send}>
        <a href={whatsappLink(phone, text)} target="_blank" rel="noreferrer" onClick={onSent}>
          {t('write.open')}
          <IconExternalLink size={16} stroke={1.75} className="mirror" aria-hidden />
        </a>
        <CopyButton text={text} label={t('write.copy')} />
      </div>
    </>
  )
}
