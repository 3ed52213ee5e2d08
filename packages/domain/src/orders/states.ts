/** The nine standard states. A stage carries one of them, or none when it is purely logistical. Source: product.md 3. */
export const orderStates = [
  'new',
  'unreachable',
  'to_confirm',
  'confirmed',
  'shipped',
  'delivered',
  'delivery_failed',
  'returned',
  'cancelled',
] as const
export type OrderState = (typeof orderStates)[number]

/** What waits to be confirmed: the queue that every Confirmation Agent works from. */
export const queueStates: readonly OrderState[] = ['new', 'unreachable', 'to_confirm']

/** Why a yes in writing does not confirm an order yet: the stage asks for something it lacks, or for a second yes by phone. */
export const yesLacks = ['to_complete', 'second_yes'] as const
export type YesLack = (typeof yesLacks)[number]

/** Who holds the cash of an order. Source: product.md 9. */
export const cashStatuses = ['not_due', 'due', 'collected', 'remitted', 'banked', 'in_dispute', 'written_off'] as const
export type CashStatus = (typeof cashStatuses)[number]

export const returnStatuses = [
  'none',
  'expected',
  'in_transit',
  'received',
  'partially_received',
  'missing',
  'claimed',
] as const
export type ReturnStatus = (typeof returnStatuses)[number]

/** Why an order waits in the tray "to complete". */
export const incompleteReasons = [
  'phone_missing',
  'phone_impossible',
  'phone_wrong',
  'city_missing',
  'city_unknown',
  'city_ambiguous',
  'currency_not_mad',
  'test_order',
  'lines_missing',
  'unsigned_source',
] as const
export type IncompleteReason = (typeof incompleteReasons)[number]

/** Reasons that a person can overrule: the order is meant, whatever the shop says of it. */
export const acceptableReasons = ['test_order', 'unsigned_source'] as const satisfies readonly IncompleteReason[]
export type AcceptableReason = (typeof acceptableReasons)[number]

export const duplicateVerdicts = ['certain', 'likely', 'second_item'] as const
export type DuplicateVerdict = (typeof duplicateVerdicts)[number]

/** What a person can decide of orders that may be one wish. */
export const duplicateOutcomes = ['keep_one', 'both_real', 'ship_together'] as const
export type DuplicateOutcome = (typeof duplicateOutcomes)[number]
/** What became of an order in such a decision. */
export const duplicateFates = ['kept', 'cancelled', 'both_real', 'together'] as const
export type DuplicateFate = (typeof duplicateFates)[number]
/** Whether a fate ends the question for good; one that was kept is asked about again when the other is brought back. */
export const isSettled = (fate: DuplicateFate | null): boolean => fate === 'both_real' || fate === 'together'

export const phoneVerdicts = ['good', 'doubtful', 'impossible'] as const
export type PhoneVerdictWord = (typeof phoneVerdicts)[number]

export const reasonStates = ['cancelled', 'delivery_failed', 'returned'] as const
export type ReasonState = (typeof reasonStates)[number]

/** What makes an order ask for somebody's eyes. One at a time: the newest fact wins. */
export const orderFlags = [
  'no_stage', // a rule wanted a state that no stage carries
  'shop_changed', // the shop changed the order after it was confirmed
  'shop_cancelled', // the shop cancelled the order after it was shipped or booked
  'effect_failed', // something that a move triggers was refused
  'parcel_cancelled', // the carrier called the parcel off
  'carrier_word_unknown', // a carrier's word that nobody has explained to us
  'parcel_two_live', // the carrier tells of two parcels for one order
  'late_outcome', // what came of a call was told after somebody else had taken it
  'changed_mind', // a buyer gave another answer than the first
  'amount_differs', // another amount was taken at the door than was to be collected
] as const
export type OrderFlag = (typeof orderFlags)[number]
