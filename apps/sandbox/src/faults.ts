import { type Chance, draw } from './chance.ts'

/** The providers that can be broken, and the faults that make sense for each. Source: api.md 3, integrations.md 1.9. */
const calls = ['timeout_after_success', 'timeout', 'http_429', 'http_500', 'outage', 'bad_json', 'slow'] as const
const webhooks = ['duplicate_webhooks', 'reordered_webhooks', 'wrong_signature'] as const
export const faultKinds = {
  shopify: [...calls, 'http_401', 'throttled', ...webhooks],
  youcan: [...calls, 'http_401', ...webhooks],
  woocommerce: [...calls, 'http_401', 'header_stripped', 'plain_links', ...webhooks],
  lightfunnels: [...calls, 'http_401', 'throttled', ...webhooks],
  sendit: [...calls, 'http_401', 'http_422', 'refused', 'unknown_status', ...webhooks],
  whatsapp: [...calls, 'http_401', ...webhooks],
  generic: webhooks,
  mailbox: ['timeout_after_success', 'timeout', 'http_429', 'http_500', 'outage', 'slow'],
} as const satisfies Record<string, readonly string[]>

export type Provider = keyof typeof faultKinds
export const providers = Object.keys(faultKinds) as Provider[]
export type FaultKind = (typeof faultKinds)[Provider][number]

export interface FaultInput {
  readonly provider: Provider
  readonly kind: FaultKind
  /** How many calls or webhooks it meets; without it and `rate`, all of them. */
  readonly times?: number
  /** The share of calls or webhooks that it meets, above 0 and at most 1. */
  readonly rate?: number
  /** See `meaningOfSeconds`. */
  readonly seconds?: number
  /** Meets only calls whose `METHOD /path` contains this text. */
  readonly only?: string
}

export interface Fault extends FaultInput {
  readonly id: number
  readonly until: number | null
  remaining: number | null
  hits: number
}

export interface Faults {
  readonly list: Fault[]
  readonly chance: Chance
  readonly now: () => Date
  lastId: number
}

export const noFaults = (now: () => Date): Faults => ({ list: [], chance: { seed: 7 }, now, lastId: 0 })

/**
 * What `seconds` says: for the slow and the silent, how long a call is held; for a limit that counts calls, the
 * `Retry-After` it announces; for all else, how long the fault lasts.
 */
const lasts = ({ kind, times, rate, seconds }: FaultInput): boolean => {
  if (seconds === undefined || kind === 'slow' || kind === 'timeout' || kind === 'timeout_after_success') return false
  return kind !== 'http_429' || (times === undefined && rate === undefined)
}

/** Adds a fault, or says in a sentence why that provider cannot have it. */
export const addFault = (faults: Faults, input: FaultInput): Fault | string => {
  const known: readonly string[] = faultKinds[input.provider]
  if (!known.includes(input.kind)) return `${input.provider} knows these faults: ${known.join(', ')}.`
  if (input.times !== undefined && input.rate !== undefined) return 'Give times or rate, not both.'
  const fault: Fault = {
    ...input,
    id: ++faults.lastId,
    until: lasts(input) ? faults.now().getTime() + (input.seconds ?? 0) * 1000 : null,
    remaining: input.times ?? null,
    hits: 0,
  }
  faults.list.push(fault)
  return fault
}

export const clearFaults = (faults: Faults): void => void faults.list.splice(0)

/** The first fault of these kinds that meets this call or webhook, counted as met. */
export const meetFault = (
  faults: Faults,
  provider: Provider,
  kinds: readonly FaultKind[],
  call = '',
): Fault | undefined => {
  forgetSpent(faults)
  const fault = faults.list.find(
    (one) =>
      one.provider === provider &&
      kinds.includes(one.kind) &&
      (one.only === undefined || call.includes(one.only)) &&
      (one.rate === undefined || draw(faults.chance) < one.rate),
  )
  if (!fault) return undefined
  fault.hits++
  if (fault.remaining !== null) fault.remaining--
  return fault
}

/** Faults that can still meet something. */
export const activeFaults = (faults: Faults): readonly Fault[] => {
  forgetSpent(faults)
  return faults.list
}

const forgetSpent = (faults: Faults): void => {
  const now = faults.now().getTime()
  const left = faults.list.filter(({ until, remaining }) => (until === null || until > now) && remaining !== 0)
  faults.list.splice(0, faults.list.length, ...left)
}

/** Whole seconds that a limit announces, or null when it says nothing. */
export const retryAfterOf = (faults: Faults, fault: Fault): number | null => {
  if (fault.seconds === undefined) return null
  if (fault.until === null) return Math.ceil(fault.seconds)
  return Math.max(1, Math.ceil((fault.until - faults.now().getTime()) / 1000))
}
