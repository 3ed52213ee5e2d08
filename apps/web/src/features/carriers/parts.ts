import { type CarrierAccount, placeReviews } from '@sendocki/domain/carriers/account'
import { among, oneOf, text } from '../../lib/url-state.ts'

/** What stands open beside the accounts. */
const accountParts = ['cities', 'fees', 'words'] as const
export type AccountPart = (typeof accountParts)[number]

export const carriersShape = {
  account: text,
  part: among(accountParts),
  review: oneOf(placeReviews, 'weak'),
}

export type CarriersState = {
  readonly [Name in keyof typeof carriersShape]: ReturnType<(typeof carriersShape)[Name]['read']>
}

/** Whether the account cannot ship although its keys work: some carriers must be told where parcels are fetched. */
export const lacksPickupPlace = (
  { status, settings }: Pick<CarrierAccount, 'status' | 'settings'>,
  capabilities: { readonly pickupPlace: boolean } | undefined,
): boolean => status === 'connected' && capabilities?.pickupPlace === true && settings.pickupPlaceId === null
