/**
 * How far the creation of a parcel at its carrier has come. Carriers take no idempotency key, so a call whose answer
 * was lost is `unknown`: only a search by our reference may settle it, never a blind retry. Source: product.md X18.
 */
export const bookingStates = ['intended', 'calling', 'unknown', 'accepted', 'rejected', 'withdrawn'] as const
export type BookingState = (typeof bookingStates)[number]

/** A call is given up after 20 s; a row still `calling` well after that belongs to a process that died. */
export const callSeconds = 45
/** A carrier that broke off may still be writing: before this time "not found" proves nothing. */
export const settleSeconds = 60

export interface BookingFacts {
  readonly booking: BookingState
  /** Since when the booking is in this state, and for `unknown` since when the last call was made. */
  readonly since: string
}

export type BookingStep =
  | { readonly kind: 'create' }
  | {
      readonly kind: 'search' /** Whether finding nothing means that there is nothing. */
      readonly conclusive: boolean
    }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'done' }

/** What the booking job does next. Killed at any instant and asked again, it never leads to a second parcel. */
export const nextBookingStep = ({ booking, since }: BookingFacts, now: Date): BookingStep => {
  const seconds = (now.getTime() - Date.parse(since)) / 1000
  switch (booking) {
    case 'intended':
      return { kind: 'create' }
    case 'calling':
      return seconds < callSeconds
        ? { kind: 'wait', seconds: Math.ceil(callSeconds - seconds) }
        : { kind: 'search', conclusive: seconds >= settleSeconds }
    case 'unknown':
      return { kind: 'search', conclusive: seconds >= settleSeconds }
    case 'accepted':
    case 'rejected':
    case 'withdrawn':
      return { kind: 'done' }
  }
}

/**
 * Our reference of a parcel: the order's number, which a courier can read out, and the end of the parcel's id, so that
 * a second parcel of the same order is told apart.
 */
export const referenceOf = (orderNumber: number, parcelId: string): string =>
  `${orderNumber}-${parcelId.replaceAll('-', '').slice(-8)}`
