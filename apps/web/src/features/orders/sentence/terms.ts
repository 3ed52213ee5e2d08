import {
  clausesOf,
  type Where,
  type WhereField,
  type WhereOp,
  type WhereTerm,
  whereOfClauses,
} from '@sendocki/domain/orders/where'

/** A term as a person reads it: after the first, each is joined to the one before by AND or OR. */
export interface SentencePart {
  readonly term: WhereTerm
  /** AND binds closer, as it is read: "A and B, or C". */
  readonly join: 'and' | 'or'
}

/** The sentence in the order in which it is read; null for one that has no such form. */
export const partsOf = (where: Where | null): readonly SentencePart[] | null => {
  if (where === null) return []
  const clauses = clausesOf(where)
  if (clauses === null) return null
  return clauses.flatMap((terms) => terms.map((term, index) => ({ term, join: index === 0 ? 'or' : 'and' }) as const))
}

export const whereOfParts = (parts: readonly SentencePart[]): Where | null => {
  const clauses: WhereTerm[][] = []
  for (const [index, { term, join }] of parts.entries()) {
    if (index === 0 || join === 'or') clauses.push([term])
    else clauses.at(-1)?.push(term)
  }
  return whereOfClauses(clauses)
}

/** The sentence with one more term, joined by AND. */
export const withTerm = (parts: readonly SentencePart[], term: WhereTerm): SentencePart[] => [
  ...parts,
  { term, join: 'and' },
]

export const withoutPart = (parts: readonly SentencePart[], at: number): SentencePart[] =>
  parts.filter((_part, index) => index !== at)

export const changedPart = (
  parts: readonly SentencePart[],
  at: number,
  change: Partial<SentencePart>,
): SentencePart[] => parts.map((part, index) => (index === at ? { ...part, ...change } : part))

/** The columns of the table that can be filtered, in the order of the menu. */
export const offeredFields = [
  'stageId',
  'city',
  'totalCentimes',
  'stateSince',
  'createdAt',
  'assigneeId',
  'tag',
  'segment',
  'storeId',
  'cash',
  'parcel',
  'carrierAccountId',
  'customerName',
  'phone',
  'phoneVerdict',
  'risk',
  'toComplete',
  'late',
  'duplicate',
  'number',
  'state',
  'return',
  'flag',
  'placedAt',
] as const satisfies readonly WhereField[]
export type OfferedField = (typeof offeredFields)[number]

/** What a new term asks first, where it is not one of some values. */
const firstOps: Partial<Record<OfferedField, WhereOp>> = {
  customerName: 'contains',
  totalCentimes: 'atLeast',
  number: 'atLeast',
  createdAt: 'lastDays',
  placedAt: 'lastDays',
  stateSince: 'olderThanDays',
}
export const firstOpOf = (field: OfferedField): WhereOp => firstOps[field] ?? 'in'

/** Yes-or-no fields are whole as soon as they are named. */
export const wholeTermOf = (field: OfferedField): WhereTerm | null =>
  field === 'toComplete' || field === 'late' || field === 'duplicate' ? { field, op: 'in', values: [true] } : null
