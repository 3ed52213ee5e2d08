import type { OrderMarks } from '@sendocki/domain/orders/marks'
import { dayOf } from '@sendocki/domain/time'
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCopy,
  IconFlag,
  IconMapPin,
  IconMessageCircleFilled,
  IconPhone,
  IconPhoneCall,
  IconTruckDelivery,
  IconTruckReturn,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatDay, formatTime } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { useNow } from '../../ui/clock.ts'
import { RiskDrawing } from '../../ui/glyphs.tsx'
import { Count } from '../../ui/numbers.tsx'
import classes from './note-line.module.css'
import type { Note } from './notes.ts'
import { carrierAccountsQuery } from './orders.api.ts'
import { useRights } from './rights.ts'

const toneOf = (note: Note): string => {
  if (note.kind === 'flag' || note.kind === 'blocked') return 'bad'
  if (note.kind === 'unread') return 'accent'
  if (note.kind === 'record') return note.returnedCount > 0 ? 'warn' : 'ok'
  if (note.kind === 'call') return 'info'
  if (note.kind === 'risk') return note.level === 'high' ? 'bad' : 'warn'
  if (note.kind === 'parcel') return note.status === 'action_needed' || note.status === 'unknown' ? 'warn' : 'quiet'
  return 'warn'
}

const icon = { size: 14, stroke: 1.75, 'aria-hidden': true } as const

const Sign = ({ note }: { note: Note }) => {
  switch (note.kind) {
    case 'flag':
      return <IconFlag {...icon} />
    case 'blocked':
      return <IconBan {...icon} />
    case 'unread':
      return <IconMessageCircleFilled size={14} aria-hidden />
    case 'record':
      return note.returnedCount > 0 ? <IconTruckReturn {...icon} /> : <IconCircleCheck {...icon} />
    case 'phone_doubtful':
      return <IconPhone {...icon} />
    case 'duplicate':
      return <IconCopy {...icon} />
    case 'call':
      return <IconPhoneCall {...icon} />
    case 'risk':
      return <RiskDrawing level={note.level} />
    case 'parcel':
      return <IconTruckDelivery {...icon} />
    case 'incomplete':
      return note.reason.startsWith('city') ? <IconMapPin {...icon} /> : <IconAlertTriangle {...icon} />
  }
}

/** Both halves of what became of a customer's orders, each in its own number. */
export const useRecordWord = (): ((record: NonNullable<OrderMarks['record']>) => string) => {
  const { t } = useTranslation('orders')
  return ({ deliveredCount, returnedCount }) =>
    t('note.record', {
      delivered: t('note.delivered', { count: deliveredCount }),
      returned: t('note.returned', { count: returnedCount }),
    })
}

/** The hour of today, or the day of any other. */
const timeOf = (at: string, now: Date): string =>
  dayOf(new Date(at)) === dayOf(now) ? formatTime(at, currentLanguage()) : formatDay(at, now, currentLanguage())

/** What a note says, in a word or two. */
const useNoteWord = (): ((note: Note) => string) => {
  const { t } = useTranslation(['orders', 'common'])
  const now = useNow()
  const recordWord = useRecordWord()
  return (note) => {
    switch (note.kind) {
      case 'flag':
        return t(`flag.${note.flag}`)
      case 'incomplete':
        return t(`incomplete.${note.reason}`)
      case 'blocked':
        return t('note.blocked')
      case 'unread':
        return t('note.unread', { count: note.count })
      case 'record':
        return recordWord(note)
      case 'phone_doubtful':
        return t('note.phoneDoubtful')
      case 'duplicate':
        return t('note.duplicate')
      case 'call':
        return t('note.call', { when: timeOf(note.at, now) })
      case 'risk':
        return t(`common:risk.level.${note.level}`)
      case 'parcel':
        return t(`parcel.${note.status}`)
    }
  }
}

/** The name of the carrier, for roles that see it. */
const Carrier = ({ id }: { id: string }) => {
  const enabled = useRights().can('carriers.read')
  const { data } = useQuery({ ...carrierAccountsQuery, enabled })
  const name = data?.items.find((account) => account.id === id)?.name
  return (
    name && (
      <>
        <bdi>{name}</bdi>
        {' · '}
      </>
    )
  )
}

/** The number alone, and what it counts for readers. */
const Unread = ({ count, word }: { count: number; word: string }) => (
  <>
    <span aria-hidden title={word}>
      <Count count={count} />
    </span>
    <span className="visually-hidden">{word}</span>
  </>
)

/** One thing to do or to know about an order: sign and word, for a parcel with the carrier that has it. */
export const NoteLine = ({ note }: { note: Note }) => {
  const word = useNoteWord()
  return (
    <span className={classes.note} data-note={note.kind} data-tone={toneOf(note)}>
      <Sign note={note} />
      <span className="truncate">
        {note.kind === 'parcel' && note.carrierAccountId !== null && <Carrier id={note.carrierAccountId} />}
        {note.kind === 'unread' ? <Unread count={note.count} word={word(note)} /> : word(note)}
      </span>
    </span>
  )
}
