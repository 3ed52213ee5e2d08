import { nameQuery } from '../customers/names.ts'
import { parcelStatuses } from '../parcels/parcel.ts'
import type { Mask } from '../permissions.ts'
import { type Refusal, refusedInput } from '../result.ts'
import { riskLevels } from '../risk/settings.ts'
import { parseInstant } from '../time.ts'
import { cashStatuses, orderFlags, orderStates, phoneVerdicts, returnStatuses } from './states.ts'

/*
 * The sentence by which orders are chosen: terms joined by AND and OR, from a closed list of fields. Lists, counts, saved
 * views, bulk operations and exports take the same object. Source: api.md 2.
 */

/**
 * `contains` asks for words in any order and either script, the last by its beginning. `atLeast` counts its value in,
 * `atMost` too for numbers; an instant's `before` does not. Days are Moroccan ones.
 */
export const whereOps = [
  'in',
  'notIn',
  'contains',
  'atLeast',
  'atMost',
  'from',
  'before',
  'lastDays',
  'olderThanDays',
  'isSet',
  'notSet',
] as const
export type WhereOp = (typeof whereOps)[number]

type Kind = 'id' | 'person' | 'word' | 'text' | 'name' | 'flag' | 'number' | 'instant'
export interface WhereFieldFacts {
  readonly kind: Kind
  /** Orders may lack it, so that lacking it can be asked for. */
  readonly optional?: true
  /** The closed list that the values come from. */
  readonly words?: readonly string[]
  /** A role that does not see the field must not find orders by it. */
  readonly mask?: Mask
}

/** Every field by which orders can be chosen. */
export const whereFieldFacts = {
  number: { kind: 'number' },
  stageId: { kind: 'id' },
  state: { kind: 'word', words: orderStates, optional: true },
  city: { kind: 'text', optional: true },
  regionCode: { kind: 'text', optional: true },
  storeId: { kind: 'id', optional: true },
  carrierAccountId: { kind: 'id', optional: true },
  assigneeId: { kind: 'person', optional: true },
  customerId: { kind: 'id' },
  customerName: { kind: 'name' },
  phone: { kind: 'text', mask: 'phone' },
  phoneVerdict: { kind: 'word', words: phoneVerdicts, optional: true },
  tag: { kind: 'text' },
  /** A segment of the order's customer, by its id or a built-in one's key. */
  segment: { kind: 'text', mask: 'financials' },
  cash: { kind: 'word', words: cashStatuses },
  parcel: { kind: 'word', words: parcelStatuses, optional: true },
  return: { kind: 'word', words: returnStatuses, optional: true },
  flag: { kind: 'word', words: orderFlags, optional: true },
  risk: { kind: 'word', words: riskLevels, optional: true },
  toComplete: { kind: 'flag' },
  duplicate: { kind: 'flag' },
  late: { kind: 'flag' },
  totalCentimes: { kind: 'number' },
  createdAt: { kind: 'instant' },
  placedAt: { kind: 'instant' },
  updatedAt: { kind: 'instant' },
  stateSince: { kind: 'instant' },
} as const satisfies Record<string, WhereFieldFacts>
export type WhereField = keyof typeof whereFieldFacts
export const whereFields = Object.keys(whereFieldFacts) as WhereField[]

export interface WhereTerm {
  readonly field: WhereField
  readonly op: WhereOp
  readonly values?: readonly (string | number | boolean)[] | undefined
}
/** Terms that must all hold, or of which one must; a group stands inside another at most once. */
export interface WhereGroup {
  readonly all?: readonly WhereTerm[] | undefined
  readonly any?: readonly WhereTerm[] | undefined
}
export interface Where {
  readonly all?: readonly (WhereTerm | WhereGroup)[] | undefined
  readonly any?: readonly (WhereTerm | WhereGroup)[] | undefined
}

export const mostTerms = 20
export const mostValues = 20

const chooseOps: readonly WhereOp[] = ['in', 'notIn']
const opsOfKind: Record<Kind, readonly WhereOp[]> = {
  id: chooseOps,
  person: chooseOps,
  word: chooseOps,
  text: chooseOps,
  name: ['contains'],
  flag: ['in'],
  number: ['in', 'atLeast', 'atMost'],
  instant: ['from', 'before', 'lastDays', 'olderThanDays'],
}

/** What can be asked of a field. */
export const opsOf = (field: WhereField): readonly WhereOp[] => {
  const { kind, optional }: WhereFieldFacts = whereFieldFacts[field]
  return optional ? [...opsOfKind[kind], 'isSet', 'notSet'] : opsOfKind[kind]
}

const isTerm = (part: WhereTerm | WhereGroup): part is WhereTerm => 'field' in part

/** The terms of a sentence in the order in which they stand. */
export const termsOf = (where: Where): WhereTerm[] =>
  (where.all ?? where.any ?? []).flatMap((part) => (isTerm(part) ? [part] : [...(part.all ?? part.any ?? [])]))

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const longestAge = 3_650

const fitsKind = (facts: WhereFieldFacts, value: unknown): boolean => {
  switch (facts.kind) {
    case 'id':
      return typeof value === 'string' && uuid.test(value)
    case 'person':
      return typeof value === 'string' && (value === 'me' || uuid.test(value))
    case 'word':
      return facts.words?.some((word) => word === value) ?? false
    case 'text':
      return typeof value === 'string' && value.trim() !== '' && value.length <= 80
    case 'name':
      return typeof value === 'string' && value.length <= 80 && nameQuery(value) !== null
    case 'flag':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number' && Number.isSafeInteger(value)
    case 'instant':
      return typeof value === 'string' && parseInstant(value) !== null
  }
}

const singleValued: readonly WhereOp[] = [
  'contains',
  'atLeast',
  'atMost',
  'from',
  'before',
  'lastDays',
  'olderThanDays',
]

const isTermSound = ({ field, op, values = [] }: WhereTerm): boolean => {
  const facts = whereFieldFacts[field]
  if (!facts || !opsOf(field).includes(op)) return false
  if (op === 'isSet' || op === 'notSet') return values.length === 0
  const wanted = singleValued.includes(op) || facts.kind === 'flag' ? values.length === 1 : values.length >= 1
  if (!wanted || values.length > mostValues) return false
  if (op === 'lastDays' || op === 'olderThanDays')
    return values.every((days) => Number.isInteger(days) && Number(days) >= 1 && Number(days) <= longestAge)
  return values.every((value) => fitsKind(facts, value))
}

/** Why a sentence cannot be asked, or null: too long, a value that its field cannot have, a field that the role hides. */
export const refusalOfWhere = (where: Where, masks: ReadonlySet<Mask>): Refusal | null => {
  const terms = termsOf(where)
  if (terms.length === 0 || terms.length > mostTerms)
    return refusedInput('where', terms.length === 0 ? 'too_few' : 'too_many')
  const odd = terms.findIndex((term) => !isTermSound(term))
  if (odd !== -1) return refusedInput(`where.${odd}.${terms[odd]?.field ?? ''}`, 'invalid')
  const hidden = terms.find(({ field }) => {
    const { mask }: WhereFieldFacts = whereFieldFacts[field]
    return mask !== undefined && masks.has(mask)
  })
  return hidden ? { code: 'auth.forbidden', params: { field: hidden.field } } : null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readTerm = (value: unknown): WhereTerm | null => {
  if (!isRecord(value)) return null
  const { field, op, values, ...rest } = value
  const known = whereFields.find((one) => one === field)
  const asked = whereOps.find((one) => one === op)
  if (!known || !asked || Object.keys(rest).length > 0) return null
  if (values === undefined) return { field: known, op: asked }
  if (!Array.isArray(values) || !values.every((one) => ['string', 'number', 'boolean'].includes(typeof one)))
    return null
  return { field: known, op: asked, values: values as (string | number | boolean)[] }
}

const readParts = <Part>(value: unknown, readPart: (part: unknown) => Part | null) => {
  if (!isRecord(value)) return null
  const [join, ...others] = Object.keys(value)
  const parts = join === undefined ? undefined : value[join]
  if ((join !== 'all' && join !== 'any') || others.length > 0 || !Array.isArray(parts)) return null
  if (parts.length === 0 || parts.length > mostTerms) return null
  const read = parts.map(readPart)
  if (read.some((part) => part === null)) return null
  return { [join]: read } as { readonly all?: readonly Part[]; readonly any?: readonly Part[] }
}

/** A sentence in what an address or a stored view holds; null for anything that has not its shape. */
export const readWhere = (value: unknown): Where | null =>
  readParts<WhereTerm | WhereGroup>(value, (part) => readTerm(part) ?? readParts<WhereTerm>(part, readTerm))

/** The same from text. */
export const parseWhere = (text: string): Where | null => {
  try {
    return readWhere(JSON.parse(text))
  } catch {
    return null
  }
}

/** More alternatives than this are not walked one by one. */
const mostClauses = 40

/**
 * The sentence as alternatives, each a list of terms that must all hold: what a person reads as "A and B, or C". Null
 * when there would be too many to read.
 */
export const clausesOf = (where: Where): WhereTerm[][] | null => {
  if (where.any)
    return where.any.flatMap((part): WhereTerm[][] =>
      isTerm(part) ? [[part]] : part.all ? [[...part.all]] : (part.any ?? []).map((term) => [term]),
    )
  const choices = (where.all ?? []).map((part): WhereTerm[][] =>
    isTerm(part) ? [[part]] : part.any ? part.any.map((term) => [term]) : [[...(part.all ?? [])]],
  )
  if (choices.reduce((count, { length }) => count * length, 1) > mostClauses) return null
  return choices.reduce<WhereTerm[][]>(
    (clauses, choice) => clauses.flatMap((clause) => choice.map((terms) => [...clause, ...terms])),
    [[]],
  )
}

/** The sentence of alternatives, in its shortest form; null without a term. */
export const whereOfClauses = (clauses: readonly (readonly WhereTerm[])[]): Where | null => {
  const filled = clauses.filter(({ length }) => length > 0)
  const [first, ...others] = filled
  if (!first) return null
  if (others.length === 0) return { all: first }
  return { any: filled.map((terms) => (terms.length === 1 ? (terms[0] as WhereTerm) : { all: terms })) }
}
