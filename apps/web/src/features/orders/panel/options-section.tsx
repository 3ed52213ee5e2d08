import type { Order } from '@sendocki/domain/orders/order'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../../ui/chip.tsx'
import { PanelSection } from '../../../ui/side-panel.tsx'
import { orderQuery } from '../orders.api.ts'
import { dayShown } from './options.ts'
import { OptionsDialog } from './options-dialog.tsx'
import classes from './panel.module.css'

/** The number of the order whose goods come back. */
export const ExchangeNumber = ({ id }: { id: string }) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery(orderQuery(id))
  return <>{t('options.exchangeOf', { number: data?.number ?? '…' })}</>
}

/** What is said of the handover, in the order in which it matters at the door; nothing said is nothing shown. */
const useSaid = (order: Order): readonly { readonly key: string; readonly tone: Tone; readonly text: ReactNode }[] => {
  const { t } = useTranslation('orders')
  const { allowOpen, allowTry, fragile, deliverTo, shipNotBefore, exchangeOfOrderId } = order
  const said: { key: string; tone: Tone; text: ReactNode }[] = []
  if (allowOpen !== null)
    said.push({ key: 'open', tone: 'neutral', text: t(allowOpen ? 'options.mayOpen' : 'options.mayNotOpen') })
  if (allowTry !== null)
    said.push({ key: 'try', tone: 'neutral', text: t(allowTry ? 'options.mayTry' : 'options.mayNotTry') })
  if (fragile) said.push({ key: 'fragile', tone: 'warn', text: t('options.fragile') })
  if (exchangeOfOrderId !== null)
    said.push({ key: 'exchange', tone: 'info', text: <ExchangeNumber id={exchangeOfOrderId} /> })
  if (deliverTo === 'agency') said.push({ key: 'agency', tone: 'info', text: t('options.agency') })
  if (shipNotBefore !== null)
    said.push({
      key: 'notBefore',
      tone: 'info',
      text: t('options.notBefore', { day: dayShown(shipNotBefore) }),
    })
  return said
}

/** How the order wants to be handed over, and the way to change it. */
export const OptionsSection = ({ order, editable }: { order: Order; editable: boolean }) => {
  const { t } = useTranslation('orders')
  const [editing, setEditing] = useState(false)
  const said = useSaid(order)
  return (
    <PanelSection
      title={t('options.title')}
      aside={
        editable && (
          <button type="button" className={classes.link} onClick={() => setEditing(true)}>
            {t('options.change')}
          </button>
        )
      }
    >
      {said.length === 0 ? (
        <p className={classes.hint}>{t('options.none')}</p>
      ) : (
        <div className={classes.options}>
          {said.map(({ key, tone, text }) => (
            <Chip key={key} tone={tone}>
              {text}
            </Chip>
          ))}
        </div>
      )}
      {editing && <OptionsDialog order={order} onClose={() => setEditing(false)} />}
    </PanelSection>
  )
}
