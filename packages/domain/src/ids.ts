/** A UUIDv7 that stands for one kind of thing. Brands live in the types only. */
export type Id<Noun extends string> = string & { readonly __noun?: Noun }

export type MerchantId = Id<'merchant'>
export type UserId = Id<'user'>
export type MemberId = Id<'member'>
export type RoleId = Id<'role'>
export type StoreId = Id<'store'>
export type OrderId = Id<'order'>
export type CustomerId = Id<'customer'>
export type StageId = Id<'stage'>
export type ReasonId = Id<'reason'>
export type EventId = Id<'event'>
export type CarrierAccountId = Id<'carrier_account'>
export type ParcelId = Id<'parcel'>
