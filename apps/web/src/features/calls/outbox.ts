import type { SaveOutcome } from '@sendocki/domain/calls/call-schema'

/*
 * What the call screen keeps in the browser: what is typed during a call, and outcomes that wait for the network. Nothing
 * in here names a customer or their number.
 */

/** What was typed and not saved yet, for one order. */
export interface Draft {
  readonly orderId: string
  readonly note: string
  readonly amountTold: boolean
  readonly dateTold: string
  readonly confirmedTwice: boolean
}

/** An outcome that could not be sent: the key makes sure that it is counted once. */
export interface Waiting {
  readonly key: string
  readonly leaseId: string
  readonly number: number
  readonly body: SaveOutcome
}

const draftKey = 'sendocki.call-draft'
const outboxKey = 'sendocki.call-outbox'

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const read = <T>(store: Store, key: string): T | null => {
  try {
    const text = store.getItem(key)
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}
/** Where storage is forbidden or full, what was typed lasts as long as the page. */
const write = (store: Store, key: string, value: unknown): void => {
  try {
    if (value === null) store.removeItem(key)
    else store.setItem(key, JSON.stringify(value))
  } catch {
    return
  }
}

export const blankDraft = (orderId: string): Draft => ({
  orderId,
  note: '',
  amountTold: false,
  dateTold: '',
  confirmedTwice: false,
})

/** What was typed for this order, also in a tab that was closed since. */
export const keptDraft = (orderId: string, store: Store = localStorage): Draft => {
  const kept = read<Draft>(store, draftKey)
  return kept?.orderId === orderId ? { ...blankDraft(orderId), ...kept } : blankDraft(orderId)
}
export const keepDraft = (draft: Draft | null, store: Store = localStorage): void => write(store, draftKey, draft)

export const keptOutbox = (store: Store = localStorage): readonly Waiting[] => read<Waiting[]>(store, outboxKey) ?? []
export const keepInOutbox = (one: Waiting, store: Store = localStorage): void =>
  write(store, outboxKey, [...keptOutbox(store).filter(({ key }) => key !== one.key), one])
export const dropFromOutbox = (key: string, store: Store = localStorage): void => {
  const left = keptOutbox(store).filter((one) => one.key !== key)
  write(store, outboxKey, left.length === 0 ? null : left)
}
