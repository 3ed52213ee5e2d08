import { type Static, Type } from 'typebox'
import { CustomerFilters } from '../customers/customer.ts'
import { languages } from '../language.ts'
import { OrderSelection } from '../orders/where-schema.ts'
import { closed, Instant, named, nullable, oneOf, ref, Uuid } from '../schema.ts'
import { customerExportColumns, exportColumns, exportFormats, exportKinds, exportStatuses } from './export.ts'

const common = {
  format: oneOf(exportFormats),
  /** Of the headings and of the words in the cells; that of the request unless given. */
  language: Type.Optional(oneOf(languages)),
}
const listOf = <const T extends readonly string[]>(columns: T) =>
  Type.Array(oneOf(columns), { minItems: 1, maxItems: columns.length, uniqueItems: true })

const ExportOrders = named(
  'ExportOrders',
  closed({
    kind: oneOf(['orders']),
    filter: Type.Optional(ref(OrderSelection)),
    columns: listOf(exportColumns),
    ...common,
  }),
)
const ExportCustomers = named(
  'ExportCustomers',
  closed({
    kind: oneOf(['customers']),
    filter: Type.Optional(CustomerFilters),
    columns: listOf(customerExportColumns),
    ...common,
  }),
)
/** Which list, which of its rows and columns, and as what kind of file. */
export const CreateExport = named('CreateExport', Type.Union([ref(ExportOrders), ref(ExportCustomers)]))
export type CreateExport = Static<typeof ExportOrders> | Static<typeof ExportCustomers>

export const Export = named(
  'Export',
  Type.Object({
    id: Uuid,
    kind: oneOf(exportKinds),
    format: oneOf(exportFormats),
    status: oneOf(exportStatuses),
    /** Rows written so far; all of them once it is ready. */
    rows: Type.Integer(),
    bytes: nullable(Type.Integer()),
    /** Why there is no file: a refusal's code. */
    problem: nullable(Type.String()),
    createdAt: Instant,
    expiresAt: nullable(Instant),
  }),
)
export type Export = Static<typeof Export>
