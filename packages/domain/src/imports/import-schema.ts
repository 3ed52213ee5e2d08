import { type Static, Type } from 'typebox'
import { closed, Instant, named, nullable, oneOf, page, pageQuery, ref, Uuid } from '../schema.ts'
import {
  duplicateChoices,
  importBytes,
  importColumns,
  importFields,
  importKinds,
  importOutcomes,
  importReasons,
  importStatuses,
  importWords,
  pastedBytes,
  undoOutcomes,
} from './import.ts'
import { pastStates } from './status-words.ts'

const Columns = Type.Array(nullable(oneOf(importFields)), { minItems: 1, maxItems: importColumns })
const Mapping = Type.Object({ columns: Columns, hasHeader: Type.Boolean() })

export const Import = named(
  'Import',
  Type.Object({
    id: Uuid,
    kind: oneOf(importKinds),
    /** What the file was called; null for a pasted table. */
    name: nullable(Type.String()),
    status: oneOf(importStatuses),
    /** Why it ended by itself: why the file could not be read, or a refusal's code. */
    problem: nullable(Type.String()),
    /** The columns as they came: their names, when the first row has them, and a few cells of each. */
    columns: Type.Array(Type.Object({ name: nullable(Type.String()), samples: Type.Array(Type.String()) })),
    /** What the columns are said to be, at first the proposal. */
    mapping: Mapping,
    suggestedMapping: Mapping,
    /** Whether the proposal is what was said of a file of this shape before. */
    remembered: Type.Boolean(),
    /** What becomes of rows whose customer or order is known, unless a row says otherwise. */
    duplicates: oneOf(duplicateChoices),
    /**
     * Of past orders: how the file calls what became of them, how often, and what that is said or thought to mean. Empty
     * stands for rows that say nothing. Before a trial only the first rows are looked at.
     */
    words: Type.Array(
      Type.Object({
        word: Type.String(),
        count: Type.Integer(),
        state: nullable(oneOf(pastStates)),
        suggestion: nullable(oneOf(pastStates)),
      }),
    ),
    /** Of these, `created + updated + unchanged + refused + pending` are all, at every instant (law 11). */
    rows: Type.Integer(),
    created: Type.Integer(),
    updated: Type.Integer(),
    unchanged: Type.Integer(),
    refused: Type.Integer(),
    /** Rows that were not tried yet, or in a run not carried out yet. */
    pending: Type.Integer(),
    /** Whether the figures are what was done, or what would be. */
    carriedOut: Type.Boolean(),
    /** What was said of rows, the most frequent first. */
    reasons: Type.Array(Type.Object({ code: oneOf(importReasons), count: Type.Integer() })),
    /** What an undo made of the rows that had done something; `pending` of them are left to look at. */
    undo: nullable(
      Type.Object({
        removed: Type.Integer(),
        restored: Type.Integer(),
        kept: Type.Integer(),
        pending: Type.Integer(),
      }),
    ),
    undoable: Type.Boolean(),
    /** An earlier import of the very same file. */
    sameFileId: nullable(Uuid),
    memberId: nullable(Uuid),
    createdAt: Instant,
    finishedAt: nullable(Instant),
  }),
)
export type Import = Static<typeof Import>
export const ImportPage = page('ImportPage', ref(Import))

/** The form of an upload: `kind`, then either `file` or `text`. */
export const ImportForm = closed({
  kind: oneOf(importKinds),
  file: Type.Optional(
    Type.String({ format: 'binary', maxLength: importBytes, description: 'CSV or XLSX, told by its content' }),
  ),
  text: Type.Optional(
    Type.String({ maxLength: pastedBytes, description: 'A table copied from elsewhere, instead of a file' }),
  ),
})

export const ImportMappingInput = named(
  'ImportMappingInput',
  closed({
    columns: Columns,
    hasHeader: Type.Boolean(),
    duplicates: Type.Optional(oneOf(duplicateChoices)),
    /** What words of other systems mean, null for one that nobody is to read; remembered for all lists to come. */
    words: Type.Optional(
      Type.Array(closed({ word: Type.String({ maxLength: 120 }), state: nullable(oneOf(pastStates)) }), {
        maxItems: importWords,
      }),
    ),
  }),
)
export type ImportMappingInput = Static<typeof ImportMappingInput>

export const ImportRow = named(
  'ImportRow',
  Type.Object({
    /** From 1, without the names of the columns. */
    row: Type.Integer(),
    /** The cells as they came, or as they were put right. */
    cells: Type.Array(Type.String()),
    /** What this row does with who or what is known; null for what is said of all. */
    choice: nullable(oneOf(duplicateChoices)),
    /** Null while it waits. */
    outcome: nullable(oneOf(importOutcomes)),
    reasons: Type.Array(oneOf(importReasons)),
    /** Whether it was carried out. */
    done: Type.Boolean(),
    /** The customer or the order it made or found; of a row that was only tried, null for a new one. */
    id: nullable(Uuid),
    undo: nullable(oneOf(undoOutcomes)),
  }),
)
export type ImportRow = Static<typeof ImportRow>
export const ImportRowPage = page('ImportRowPage', ref(ImportRow))
export const ImportRowQuery = closed({ outcome: Type.Optional(oneOf(importOutcomes)), ...pageQuery })
export type ImportRowQuery = Static<typeof ImportRowQuery>

export const ImportRowChange = named(
  'ImportRowChange',
  closed({
    row: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    cells: Type.Optional(Type.Array(Type.String({ maxLength: 1_000 }), { minItems: 1, maxItems: importColumns })),
    choice: Type.Optional(nullable(oneOf(duplicateChoices))),
  }),
)
export type ImportRowChange = Static<typeof ImportRowChange>
