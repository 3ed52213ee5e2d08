import { columnChoice } from '../../lib/column-choice.ts'

/** Columns that a person may hide, in the order of the list. The name always stays. */
export const optionalColumns = ['phone', 'city', 'orders', 'delivered', 'amount', 'last', 'tags'] as const
export type OptionalColumn = (typeof optionalColumns)[number]

export const columns = columnChoice<OptionalColumn>('sendocki.customers.columns', optionalColumns, optionalColumns)
