/*
 * A file of the merchant's own, of customers or of past orders: kept as it came, read by a mapping, tried, run, and taken
 * back. Source: product.md 1 (S6, X27) and law 11.
 */

export const importKinds = ['customers', 'orders'] as const
export type ImportKind = (typeof importKinds)[number]

/** How much a file may hold. */
export const importBytes = 50 * 1_048_576
/** Of a table that is pasted. */
export const pastedBytes = 5 * 1_048_576
export const importRows = 500_000
export const importColumns = 100
/** Words of another system for what became of orders. */
export const importWords = 100
/** Files of a merchant that may be under way at once. */
export const mostOpenImports = 5
/** How many rows are settled in one transaction. */
export const importChunk = 500

/**
 * `reading` until every row is kept · `read`, to be mapped · `trying`, then `tried` · `running`, then `done`, or `stopped`
 * and gone on with · `undoing`, then `undone` · `failed`: it could not be read to its end, and nothing of it is kept.
 */
export const importStatuses = [
  'reading',
  'read',
  'trying',
  'tried',
  'running',
  'stopped',
  'done',
  'undoing',
  'undone',
  'failed',
] as const
export type ImportStatus = (typeof importStatuses)[number]

/** What a row does, or has done. Law 11: with those that wait, they add up to the rows of the file at every instant. */
export const importOutcomes = ['created', 'updated', 'unchanged', 'refused'] as const
export type ImportOutcome = (typeof importOutcomes)[number]

/** What becomes of a row whose customer is known: nothing, only what was unknown, or all that the row says. */
export const duplicateChoices = ['skip', 'fill', 'overwrite'] as const
export type DuplicateChoice = (typeof duplicateChoices)[number]
/** What can be chosen, the first unless something is said. An order is one text: half of one and half of another is none. */
export const choicesOf: Readonly<Record<ImportKind, readonly [DuplicateChoice, ...DuplicateChoice[]]>> = {
  customers: ['fill', 'skip', 'overwrite'],
  orders: ['skip', 'overwrite'],
}

/** What an undo made of a row that was created or updated. */
export const undoOutcomes = ['removed', 'restored', 'kept'] as const
export type UndoOutcome = (typeof undoOutcomes)[number]

/** Why a row is refused. */
export const refusedReasons = [
  'contact_missing',
  'phone_impossible',
  'email_invalid',
  'email_ambiguous',
  'date_missing',
  'date_unreadable',
  'date_future',
  'dates_reversed',
  'status_unknown',
  'stage_missing',
  'amount_missing',
  'amount_unreadable',
  'quantity_unreadable',
  'reference_of_another',
] as const
/** What is worth saying of a row that is taken. */
export const notedReasons = [
  'name_missing',
  'phone_doubtful',
  'alternate_phone_impossible',
  'city_unknown',
  'consent_unreadable',
  'known_phone',
  'known_email',
  'repeated_in_file',
  'phone_kept',
  'consent_kept',
  'nothing_new',
  'product_missing',
  'known_order',
  'order_lives_here',
  'line_added',
  'total_kept',
] as const
export const importReasons = [...refusedReasons, ...notedReasons] as const
export type ImportReason = (typeof importReasons)[number]

export const customerFields = [
  'name',
  'firstName',
  'lastName',
  'phone',
  'alternatePhone',
  'email',
  'address',
  'city',
  'district',
  'landmark',
  'tags',
  'consent',
] as const
export type CustomerField = (typeof customerFields)[number]

/** What a list of past orders can say of each; of its buyer, as much as a list of customers. */
export const orderFields = [
  'reference',
  'placedAt',
  'status',
  'statusAt',
  'confirmedAt',
  'shippedAt',
  'name',
  'firstName',
  'lastName',
  'phone',
  'alternatePhone',
  'email',
  'address',
  'city',
  'district',
  'landmark',
  'product',
  'sku',
  'quantity',
  'price',
  'total',
  'fee',
  'tracking',
  'note',
] as const
export type OrderField = (typeof orderFields)[number]

export type ImportField = CustomerField | OrderField
export const importFields = [...new Set<ImportField>([...customerFields, ...orderFields])] as const
export const fieldsOf: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  customers: customerFields,
  orders: orderFields,
}
