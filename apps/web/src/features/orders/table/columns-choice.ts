import { columnChoice } from '../../../lib/column-choice.ts'

/** Columns that a person may hide, in the order of the table. Number and customer always stay. */
export const optionalColumns = [
  'phone',
  'city',
  'amount',
  'stage',
  'age',
  'cash',
  'risk',
  'parcel',
  'assignee',
  'tags',
  'notes',
  'placedAt',
] as const
export type OptionalColumn = (typeof optionalColumns)[number]

const choice = columnChoice<OptionalColumn>('sendocki.orders.columns', optionalColumns, [
  'city',
  'amount',
  'stage',
  'age',
  'cash',
  'notes',
])
export const { known: knownColumns, kept: keptColumns, keep: keepColumns, inOrder: inChosenOrder } = choice
