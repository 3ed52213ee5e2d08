/*
 * Lists as files. What a person's role hides stays hidden in them. Source: product.md 14, reliability.md A.10 case 13.
 */

/** What can be a column of exported orders, in the order in which they usually stand. */
export const exportColumns = [
  'number',
  'reference',
  'placedAt',
  'customer',
  'phone',
  'alternatePhone',
  'city',
  'district',
  'address',
  'products',
  'total',
  'codAmount',
  'stage',
  'stateSince',
  'assignee',
  'tags',
  'carrier',
  'trackingNumber',
  'parcel',
  'cash',
  'risk',
  'store',
  'note',
] as const
export type ExportColumn = (typeof exportColumns)[number]

/** What can be a column of exported customers. */
export const customerExportColumns = [
  'customer',
  'phone',
  'alternatePhone',
  'email',
  'city',
  'district',
  'address',
  'tags',
  'orders',
  'delivered',
  'returned',
  'cancelled',
  'deliveredAmount',
  'firstOrderAt',
  'lastOrderAt',
  'consent',
  'blocked',
] as const
export type CustomerExportColumn = (typeof customerExportColumns)[number]

/** Which lists can be files, each by a right of its own. */
export const exportKinds = ['orders', 'customers'] as const
export type ExportKind = (typeof exportKinds)[number]

export const exportFormats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A workbook is made whole in memory, so it ends here; a CSV file is written as it is read. */
export const mostXlsxRows = 100_000
/** Files hold what people wrote: after a day they go. */
export const exportHours = 24

export const exportStatuses = ['running', 'ready', 'failed', 'expired'] as const
export type ExportStatus = (typeof exportStatuses)[number]
