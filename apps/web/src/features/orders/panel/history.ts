import { type Outcome, outcomes } from '@sendocki/domain/calls/outcomes'
import type { HistoryEvent } from '@sendocki/domain/orders/order'
import { dayOf } from '@sendocki/domain/time'

/** Who speaks in the history, as the filter above it groups them. */
export const voices = ['team', 'carrier', 'customer', 'system'] as const
export type Voice = (typeof voices)[number]

const voiceByActor: Record<HistoryEvent['actor']['kind'], Voice> = {
  member: 'team',
  key: 'team',
  carrier: 'carrier',
  customer: 'customer',
  shop: 'system',
  system: 'system',
}

export const voiceOf = ({ actor }: Pick<HistoryEvent, 'actor'>): Voice => voiceByActor[actor.kind]

/** Events of one voice, all for null. */
export const eventsOf = (events: readonly HistoryEvent[], voice: Voice | null): readonly HistoryEvent[] =>
  voice === null ? events : events.filter((event) => voiceOf(event) === voice)

export interface Day {
  /** In Morocco, `YYYY-MM-DD`. */
  readonly day: string
  readonly events: readonly HistoryEvent[]
}

/** Events under the Moroccan day of each, in the order given. */
export const daysOf = (events: readonly HistoryEvent[]): Day[] => {
  const days = new Map<string, HistoryEvent[]>()
  for (const event of events) {
    const day = dayOf(event.at)
    days.set(day, [...(days.get(day) ?? []), event])
  }
  return [...days].map(([day, ofDay]) => ({ day, events: ofDay }))
}

export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** Facts that follow from others, or that mean nothing to a reader. The stage is told; what it stands for is not. */
const silent = new Set([
  ...[
    'state',
    'stateSince',
    'lateAt',
    'endedAt',
    'version',
    'number',
    'changed',
    'reasonId',
    'note',
    'text',
    'reference',
  ],
  ...['carrierAccountId', 'customerId', 'storeId', 'parcelId', 'problem'],
  ...['callKind', 'callMemberId', 'nextAttemptAt', 'toComplete'],
])

/** Nothing and zero read alike: a first news of zero attempts tells nothing. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one || null) === JSON.stringify(other || null)

/** What an event changed, field by field; what was set for the first time has nothing before it. */
export const fieldChanges = ({ before, after }: Pick<HistoryEvent, 'before' | 'after'>): FieldChange[] => {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...fields]
    .filter((field) => !silent.has(field) && !same(before?.[field], after?.[field]))
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
}

/** Parts that changed without saying from what to what, such as lines and tags. */
export const partsIn = (event: Pick<HistoryEvent, 'before' | 'after' | 'data'>): string[] => {
  const named = event.data?.['changed']
  const told = new Set([...fieldChanges(event).map(({ field }) => field), 'note'])
  return Array.isArray(named) ? named.filter((part): part is string => typeof part === 'string' && !told.has(part)) : []
}

export interface CompanyTold {
  /** Other orders of a decision, or the one that left them or came back. */
  readonly numbers: readonly number[]
  /** Those that the order left. */
  readonly left: readonly number[]
  /** Whose address the parcel takes since. */
  readonly lead: number | null
  /** How much of the delivery fee is not asked for. */
  readonly waivedCentimes: number
}

const numbersOf = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : []
const goingIn = (value: unknown): number[] =>
  numbersOf(Array.isArray(value) ? value.map(({ goes, number }) => (goes === true ? number : null)) : value)

/** The orders of one parcel that an event is about, beside its own. */
export const companyIn = ({ data }: Pick<HistoryEvent, 'data'>): CompanyTold => {
  const { numbers, together, leadNumber, waivedCentimes } = data ?? {}
  return {
    numbers: numbersOf(numbers),
    left: goingIn(together),
    lead: typeof leadNumber === 'number' ? leadNumber : null,
    waivedCentimes: typeof waivedCentimes === 'number' ? waivedCentimes : 0,
  }
}

export interface CallTold {
  readonly outcome: Outcome
  /** Kept, but changed nothing. */
  readonly setAside: boolean
  /** When the order is called again, where the call says so. */
  readonly nextAt: string | null
}

/** What came of a call; null for any other event. */
export const callIn = ({
  type,
  before,
  after,
  data,
}: Pick<HistoryEvent, 'type' | 'before' | 'after' | 'data'>): CallTold | null => {
  const outcome = outcomes.find((one) => one === data?.['outcome'])
  if (type !== 'order.called' || outcome === undefined) return null
  const next = after?.['nextAttemptAt']
  const nextAt = typeof next === 'string' && next !== before?.['nextAttemptAt'] ? next : null
  return { outcome, setAside: typeof data?.['setAside'] === 'string', nextAt }
}

/** Words that a person or a carrier added to an event. */
export const wordsIn = ({ after, data }: Pick<HistoryEvent, 'after' | 'data'>): string | null => {
  const said = after?.['note'] ?? after?.['text'] ?? data?.['note'] ?? data?.['text'] ?? data?.['answer']
  return typeof said === 'string' && said !== '' ? said : null
}

/** The run of an automation that an event tells of; what was recorded before runs were named has none. */
export const runIn = ({ data }: Pick<HistoryEvent, 'data'>): string | null => {
  const runId = data?.['runId']
  return typeof runId === 'string' ? runId : null
}
