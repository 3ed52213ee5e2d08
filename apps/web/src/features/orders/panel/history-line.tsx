import { orderNumberText } from '@sendocki/domain/orders/number'
import type { HistoryEvent } from '@sendocki/domain/orders/order'
import { IconBuildingStore, IconRobot, IconTruckDelivery, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatInstant, formatTime } from '../../../lib/format.ts'
import { currentLanguage, i18n } from '../../../lib/i18n.ts'
import { useCan } from '../../../lib/me.ts'
import { placesQuery } from '../../../lib/places.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Amount, Words } from '../../../ui/numbers.tsx'
import { StageName } from '../../../ui/states.tsx'
import { BeforeAfter, type TimelineEntry } from '../../../ui/timeline.tsx'
import { membersQuery, pipelineQuery } from '../orders.api.ts'
import { nameOf } from '../words.tsx'
import classes from './history.module.css'
import { callIn, companyIn, type FieldChange, fieldChanges, partsIn, runIn, wordsIn } from './history.ts'
import { ExchangeNumber } from './options-section.tsx'

const icon = { size: 14, stroke: 1.75 } as const

const Sign = ({ actor }: Pick<HistoryEvent, 'actor'>) => {
  switch (actor.kind) {
    case 'member':
      return actor.name === null ? <IconUser {...icon} /> : <Avatar name={actor.name} size={23} named />
    case 'carrier':
      return <IconTruckDelivery {...icon} />
    case 'shop':
      return <IconBuildingStore {...icon} />
    case 'customer':
      return <IconUser {...icon} />
    case 'key':
    case 'system':
      return <IconRobot {...icon} />
  }
}

const MemberName = ({ id }: { id: string }) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery({ ...membersQuery, enabled: useCan()('members.read') })
  return <>{data?.items.find((member) => member.id === id)?.fullName ?? t('history.someone')}</>
}

const CityName = ({ id }: { id: string }) => {
  const { data } = useQuery(placesQuery)
  return <>{data?.cityById.get(id)?.[currentLanguage()] ?? id}</>
}

/** One side of a change as a person reads it. */
const Value = ({ field, value, type }: { field: string; value: unknown; type: string }) => {
  const { data: pipeline } = useQuery(pipelineQuery)
  const { t } = useTranslation('orders')
  if (value === null) return <>{t('history.nothing')}</>
  if (field === 'stageId') {
    const named = [...(pipeline?.stages ?? []), ...(pipeline?.pastStages ?? [])]
    const stage = named.find(({ id }) => id === value)
    return stage ? (
      <StageName name={nameOf(stage)} state={stage.state} colour={stage.colour} />
    ) : (
      <>{t('history.gone')}</>
    )
  }
  if (field === 'assigneeId' && typeof value === 'string') return <MemberName id={value} />
  if (field === 'cityId' && typeof value === 'string') return <CityName id={value} />
  if (field === 'deliverTo') return <>{t(value === 'agency' ? 'options.agency' : 'options.home')}</>
  if (field === 'exchangeOfOrderId' && typeof value === 'string') return <ExchangeNumber id={value} />
  if (field === 'status' && typeof value === 'string') return <>{statusOf(type, value)}</>
  if (field.endsWith('Centimes') && typeof value === 'number') return <Amount centimes={value} decimals="always" />
  if (typeof value === 'boolean') return <>{t(value ? 'history.yes' : 'history.no')}</>
  if (typeof value === 'object') return <>{t('history.changed')}</>
  return <Words>{String(value)}</Words>
}

type FieldKey = keyof typeof import('../../../messages/fr/orders.ts')['messages']['fieldName']

const useFieldName = (): ((field: string) => string) => {
  const { t } = useTranslation('orders')
  return (field) => (i18n.exists(`fieldName.${field}`, { ns: 'orders' }) ? t(`fieldName.${field as FieldKey}`) : field)
}

const Change = ({ field, before, after, type }: FieldChange & { type: string }) => {
  const fieldName = useFieldName()
  return (
    <span className={classes.change}>
      {field !== 'stageId' && <span className={classes.fieldName}>{fieldName(field)}</span>}
      {before === null ? (
        <Value field={field} value={after} type={type} />
      ) : (
        <BeforeAfter
          before={<Value field={field} value={before} type={type} />}
          after={<Value field={field} value={after} type={type} />}
        />
      )}
    </span>
  )
}

/** The reason of a move, in the merchant's words. */
const ReasonOf = ({ after }: Pick<HistoryEvent, 'after'>) => {
  const { data: pipeline } = useQuery(pipelineQuery)
  const reason = pipeline?.reasons.find(({ id }) => id === after?.['reasonId'])
  return reason ? <span>{nameOf(reason)}</span> : null
}

/** The orders that it is about beside this one, whose parcel it is, and the fee that is not asked for again. */
const Together = ({ event }: { event: HistoryEvent }) => {
  const { t } = useTranslation('orders')
  const { numbers, left, lead, waivedCentimes } = companyIn(event)
  const named = (all: readonly number[]) => listOf(all.map(orderNumberText))
  return (
    <>
      {numbers.length > 0 && <span>{t('history.orders', { orders: named(numbers) })}</span>}
      {left.length > 0 && <span>{t('history.leftParcel', { orders: named(left) })}</span>}
      {lead !== null && <span>{t('history.lead', { number: lead })}</span>}
      {waivedCentimes > 0 && (
        <span>
          {t('history.waived')} <Amount centimes={waivedCentimes} />
        </span>
      )}
    </>
  )
}

/** What came of a call, and when the order is called again. */
const Called = ({ event }: { event: HistoryEvent }) => {
  const { t } = useTranslation('orders')
  const call = callIn(event)
  if (!call) return null
  const { outcome, setAside, nextAt } = call
  return (
    <>
      <span>{t(`callOutcome.${outcome}`)}</span>
      {setAside && <span>{t('history.setAside')}</span>}
      {nextAt !== null && <span>{t('history.nextCall', { at: formatInstant(nextAt, currentLanguage()) })}</span>}
    </>
  )
}

/** Leads to the message of an automation that this event is about. */
const RunLink = ({ event }: { event: HistoryEvent }) => {
  const { t } = useTranslation('orders')
  const can = useCan()
  const runId = runIn(event)
  if (runId === null || !can('automations.read')) return null
  return (
    <Link className={classes.link} to={`/automation-runs?open=${runId}`}>
      {t('history.run')}
    </Link>
  )
}

const Detail = ({ event }: { event: HistoryEvent }) => {
  const { t } = useTranslation('orders')
  const words = wordsIn(event)
  const changes = event.type === 'order.created' ? [] : fieldChanges(event)
  const fieldName = useFieldName()
  const parts = partsIn(event).map(fieldName)
  return (
    <span className={classes.eventDetail}>
      {changes.map((change) => (
        <Change key={change.field} {...change} type={event.type} />
      ))}
      {parts.length > 0 && <span className={classes.fieldName}>{t('history.parts', { parts: listOf(parts) })}</span>}
      <Called event={event} />
      <Together event={event} />
      <ReasonOf after={event.after} />
      {words !== null && (
        <span className={classes.said}>
          <Words lines>{words}</Words>
        </span>
      )}
      {event.effects.map(({ id, kind, status }) => (
        <span key={id}>{t('history.effect', { effect: effectWord(kind), status: statusWord(status) })}</span>
      ))}
      <RunLink event={event} />
    </span>
  )
}

type Messages = typeof import('../../../messages/fr/orders.ts')['messages']

const wordIn = (path: string, fallback: string): string => (i18n.exists(path, { ns: 'orders' }) ? path : fallback)
const effectWord = (kind: string): string =>
  i18n.t(wordIn(`effectName.${kind}`, 'effectName.other') as 'effectName.other', { ns: 'orders' })
const statusWord = (status: string): string =>
  i18n.t(wordIn(`effectStatus.${status}`, 'effectStatus.other') as 'effectStatus.other', { ns: 'orders' })

/** Names the event: "**Amina** moved the order". A kind that this version does not know is told by its code. */
const Sentence = ({ event }: { event: HistoryEvent }) => {
  const { t } = useTranslation('orders')
  const who = event.actor.name ?? t(`actor.${event.actor.kind}`)
  const type = event.data?.['outcome'] === 'ship_together' ? 'order.duplicates_together' : event.type
  const known = i18n.exists(`event.${type}`, { ns: 'orders' })
  const key = (known ? `event.${type}` : 'event.other') as `event.${keyof Messages['event'] & 'other'}`
  return <Trans ns="orders" i18nKey={key} values={{ who, type: event.type }} components={{ b: <strong /> }} />
}

/** A status in the words of the axis that the event is about. */
const statusOf = (type: string, status: string): string => {
  const axis = type.startsWith('collection.') ? 'cash' : 'parcel'
  const path = `${axis}.${status}`
  return i18n.exists(path, { ns: 'orders' }) ? i18n.t(path as 'parcel.unknown', { ns: 'orders' }) : status
}

const listOf = (words: readonly string[]): string =>
  new Intl.ListFormat(currentLanguage(), { type: 'conjunction' }).format(words)

const isBad = ({ type }: HistoryEvent): boolean => /failed|refused|rejected|unknown/.test(type)

/** An event as a line of the timeline. */
export const lineOf = (event: HistoryEvent): TimelineEntry => ({
  id: event.id,
  sign: <Sign actor={event.actor} />,
  tone: isBad(event) ? 'bad' : 'neutral',
  title: <Sentence event={event} />,
  time: (
    <time dateTime={event.at} title={formatInstant(event.at, currentLanguage())}>
      {formatTime(event.at, currentLanguage())}
    </time>
  ) as ReactNode,
  detail: <Detail event={event} />,
})
