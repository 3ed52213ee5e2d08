import type { SaveOutcome } from '@sendocki/domain/calls/call-schema'
import { outboxIn, readKept, type Store, writeKept } from '../../lib/outbox.ts'

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

export const blankDraft = (orderId: string): Draft => ({
  orderId,
  note: '',
  amountTold: false,
  dateTold: '',
  confirmedTwice: false,
})

/** What was typed for this order, also in a tab that was closed since. */
export const keptDraft = (orderId: string, store: Store = localStorage): Draft => {
  const kept = readKept<Draft>(draftKey, store)
  return kept?.orderId === orderId ? { ...blankDraft(orderId), ...kept } : blankDraft(orderId)
}
/** Where storage is forbidden or full, what was typed lasts as long as the page. */
export const keepDraft = (draft: Draft | null, store: Store = localStorage): void =>
  void writeKept(draftKey, draft, store)

export const callOutbox = outboxIn<Waiting>('sendocki.call-outbox')
