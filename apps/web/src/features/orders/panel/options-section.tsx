import type { OptionSource, OrderOptionName } from '@sendocki/domain/orders/options'
import type { Order } from '@sendocki/domain/orders/order'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayShown } from '../../../lib/format.ts'
import { Chip, type Tone } from '../../../ui/chip.tsx'
import { PanelSection } from '../../../ui/side-panel.tsx'
import { When } from '../../../ui/when.tsx'
import { optionOriginsQuery, orderQuery } from '../orders.api.ts'
import options from './options.module.css'
import classes from './panel.module.css'

/** Its fields come with the wish to change them. */
const OptionsDialog = lazy(async () => ({ default: (await import('./options-dialog.tsx')).OptionsDialog }))

/** The number of the order whose goods come back. */
export const ExchangeNumber = ({ id }: { id: string }) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery(orderQuery(id))
  return <>{t('options.exchangeOf', { number: data?.number ?? '…' })}</>
}

interface Said {
  readonly name: OrderOptionName
  readonly tone: Tone
  readonly text: ReactNode
}

/** What is said of the handover, in the order in which it matters at the door; nothing said is nothing shown. */
const useSaid = (order: Order): readonly Said[] => {
  const { t } = useTranslation('orders')
  const { allowOpen, allowTry, fragile, deliverTo, shipNotBefore, exchangeOfOrderId } = order
  const said: Said[] = []
  if (allowOpen !== null)
    said.push({ name: 'allowOpen', tone: 'neutral', text: t(allowOpen ? 'options.mayOpen' : 'options.mayNotOpen') })
  if (allowTry !== null)
    said.push({ name: 'allowTry', tone: 'neutral', text: t(allowTry ? 'options.mayTry' : 'options.mayNotTry') })
  if (fragile) said.push({ name: 'fragile', tone: 'warn', text: t('options.fragile') })
  if (exchangeOfOrderId !== null)
    said.push({ name: 'exchangeOfOrderId', tone: 'info', text: <ExchangeNumber id={exchangeOfOrderId} /> })
  if (deliverTo === 'agency') said.push({ name: 'deliverTo', tone: 'info', text: t('options.agency') })
  if (shipNotBefore !== null)
    said.push({
      name: 'shipNotBefore',
      tone: 'info',
      text: t('options.notBefore', { day: dayShown(shipNotBefore) }),
    })
  return said
}

/** Whose word an option is. */
const Origin = ({ source, by, at }: { source: OptionSource; by: string | null; at: string }) => {
  const { t } = useTranslation('orders')
  if (source !== 'person') return <span className={options.origin}>{t(`options.from.${source}`)}</span>
  return (
    <span className={options.origin}>
      {by === null ? t('options.from.person') : <bdi dir="auto">{by}</bdi>} · <When instant={at} />
    </span>
  )
}

/** How the order wants to be handed over, and the way to change it. */
export const OptionsSection = ({ order, editable }: { order: Order; editable: boolean }) => {
  const { t } = useTranslation('orders')
  const [editing, setEditing] = useState(false)
  const said = useSaid(order)
  const { data: origins } = useQuery({ ...optionOriginsQuery(order.id), enabled: said.length > 0 })
  const originOf = (name: OrderOptionName) => origins?.items.find((origin) => origin.name === name)
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
        <div className={options.options}>
          {said.map(({ name, tone, text }) => {
            const origin = originOf(name)
            return (
              <div key={name} className={options.option}>
                <Chip tone={tone}>{text}</Chip>
                {origin && <Origin {...origin} />}
              </div>
            )
          })}
        </div>
      )}
      {editing && (
        <Suspense fallback={null}>
          <OptionsDialog order={order} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </PanelSection>
  )
}
