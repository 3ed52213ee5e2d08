import { type Static, Type } from 'typebox'
import { languages } from '../language.ts'
import { OrderSelection } from '../orders/where-schema.ts'
import { closed, Instant, named, nullable, oneOf, ref, Uuid } from '../schema.ts'
import { exportColumns, exportFormats, exportStatuses } from './export.ts'

export const CreateExport = named(
  'CreateExport',
  closed({
    kind: oneOf(['orders']),
    filter: Type.Optional(ref(OrderSelection)),
    columns: Type.Array(oneOf(exportColumns), { minItems: 1, maxItems: exportColumns.length, uniqueItems: true }),
    format: oneOf(exportFormats),
    /** Of the headings and of the words in the cells; that of the request unless given. */
    language: Type.Optional(oneOf(languages)),
  }),
)
export type CreateExport = Static<typeof CreateExport>

export const Export = named(
  'Export',
  Type.Object({
    id: Uuid,
    kind: oneOf(['orders']),
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
