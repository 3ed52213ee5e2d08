import { type NameQuery, nameQuery } from '@sendocki/domain/customers/names'
import { clausesOf, type Where, type WhereField, type WhereTerm } from '@sendocki/domain/orders/where'
import { parsePhone } from '@sendocki/domain/phone'
import { addDays, dayOf, startOfDay } from '@sendocki/domain/time'
import { and, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { customers, searchTerms } from '../../db/schema/customers.ts'
import { orders, orderTags } from '../../db/schema/orders.ts'
import { segmentMembers } from '../../db/schema/segments.ts'
import { value } from './filters.queries.ts'

/*
 * A sentence of filters as parameterised SQL. Fields come from this record of columns and operations from a closed list;
 * what a person typed is always a parameter.
 */

interface Column {
  readonly column: PgColumn
  readonly type: 'uuid' | 'text' | 'bigint' | 'timestamptz'
}

const columns: Partial<Record<WhereField, Column>> = {
  number: { column: orders.number, type: 'bigint' },
  stageId: { column: orders.stageId, type: 'uuid' },
  state: { column: orders.state, type: 'text' },
  city: { column: orders.cityId, type: 'text' },
  regionCode: { column: orders.regionCode, type: 'text' },
  storeId: { column: orders.storeId, type: 'uuid' },
  carrierAccountId: { column: orders.carrierAccountId, type: 'uuid' },
  assigneeId: { column: orders.assigneeId, type: 'uuid' },
  customerId: { column: orders.customerId, type: 'uuid' },
  phoneVerdict: { column: orders.phoneVerdict, type: 'text' },
  cash: { column: orders.cashStatus, type: 'text' },
  parcel: { column: orders.parcelStatus, type: 'text' },
  return: { column: orders.returnStatus, type: 'text' },
  flag: { column: orders.flag, type: 'text' },
  risk: { column: orders.riskLevel, type: 'text' },
  totalCentimes: { column: orders.totalCentimes, type: 'bigint' },
  createdAt: { column: orders.createdAt, type: 'timestamptz' },
  placedAt: { column: orders.placedAt, type: 'timestamptz' },
  updatedAt: { column: orders.updatedAt, type: 'timestamptz' },
  stateSince: { column: orders.stateSince, type: 'timestamptz' },
}

/** Who asks, and when: `me` and days ago mean something only then. */
export interface Asker {
  readonly memberId: string | null
  readonly now: Date
}

/** One alternative of a sentence: its condition holds when all of its terms do. */
export interface CompiledWhere {
  readonly branches: readonly SQL[]
  readonly args: Readonly<Record<string, unknown>>
}

type Values = NonNullable<WhereTerm['values']>
/** Gives a value a name under which the statement takes it. */
type Bind = (given: unknown) => SQL

const dayStart = (now: Date, daysAgo: number): string => startOfDay(addDays(dayOf(now), -daysAgo))

const casts: Readonly<Record<Column['type'], SQL>> = {
  uuid: sql`uuid`,
  text: sql`text`,
  bigint: sql`bigint`,
  timestamptz: sql`timestamptz`,
}

const anyOf = ({ column, type }: Column, values: Values, bind: Bind): SQL => {
  const [only, ...others] = values
  if (others.length === 0) return sql`${column} = ${bind(only)}::${casts[type]}`
  return sql`${column} = any(${bind(values)}::${casts[type]}[])`
}

const byColumn = (known: Column, { op, values = [] }: WhereTerm, bind: Bind, { now }: Asker): SQL => {
  const { column } = known
  const cast = casts[known.type]
  const [first] = values
  switch (op) {
    case 'in':
      return anyOf(known, values, bind)
    case 'contains':
      throw new Error('Columns have values, words are looked up.')
    case 'notIn':
      return sql`(${column} is null or ${column} <> all(${bind(values)}::${cast}[]))`
    case 'atLeast':
    case 'from':
      return sql`${column} >= ${bind(first)}::${cast}`
    case 'atMost':
      return sql`${column} <= ${bind(first)}::${cast}`
    case 'before':
      return sql`${column} < ${bind(first)}::${cast}`
    case 'lastDays':
      return sql`${column} >= ${bind(dayStart(now, Number(first) - 1))}::timestamptz`
    case 'olderThanDays':
      return sql`${column} < ${bind(new Date(now.getTime() - Number(first) * 86_400_000).toISOString())}::timestamptz`
    case 'isSet':
      return sql`${column} is not null`
    case 'notSet':
      return sql`${column} is null`
  }
}

/** Phones are stored in one notation, whatever was typed; what is no phone is nobody's. */
const asStored = (typed: Values[number]): string => {
  const phone = parsePhone(String(typed))
  return phone.verdict === 'impossible' ? String(typed) : phone.e164
}

const asked = (typed: string): NameQuery => {
  const query = nameQuery(typed)
  if (!query) throw new Error('A checked name says too little.')
  return query
}

/** The customers with a name of these words, by `search_terms`: its key for the first, `search_terms_subject` for others. */
const named = ({ prefix, rest, sound }: NameQuery, bind: Bind): SQL => {
  const own = sql`${searchTerms.merchantId} = ${value('merchantId')} and ${searchTerms.kind} = 'name'`
  const begins = sql`select ${searchTerms.subjectId} from ${searchTerms} where ${own} and ${searchTerms.term} ^@ ${bind(prefix)}`
  const also = rest.map(
    (word) => sql` and ${searchTerms.subjectId} in (select others.subject_id from ${searchTerms} as others
      where others.merchant_id = ${value('merchantId')} and others.kind = 'name' and others.term ^@ ${bind(word)})`,
  )
  const alike =
    sound === null
      ? sql``
      : sql` union select ${searchTerms.subjectId} from ${searchTerms} where ${own} and ${searchTerms.term} = ${bind(sound)}`
  return sql`${begins}${sql.join(also)}${alike}`
}

const not = (negated: boolean, condition: SQL): SQL => (negated ? sql`not ${condition}` : condition)

const special: Partial<Record<WhereField, (term: WhereTerm, bind: Bind, asker: Asker) => SQL>> = {
  tag: ({ op, values = [] }, bind) =>
    not(
      op === 'notIn',
      sql`exists (select 1 from ${orderTags} where ${orderTags.merchantId} = ${orders.merchantId}
        and ${orderTags.tag} = any(${bind(values)}::text[]) and ${orderTags.orderId} = ${orders.id})`,
    ),
  segment: ({ op, values = [] }, bind) =>
    not(
      op === 'notIn',
      sql`exists (select 1 from ${segmentMembers} where ${segmentMembers.merchantId} = ${orders.merchantId}
        and ${segmentMembers.segment} = any(${bind(values)}::text[]) and ${segmentMembers.customerId} = ${orders.customerId})`,
    ),
  phone: ({ op, values = [] }, bind) =>
    not(
      op === 'notIn',
      sql`(${orders.customerId} = any(array(select ${customers.id} from ${customers}
        where ${customers.merchantId} = ${value('merchantId')} and ${customers.phone} = any(${bind(values.map(asStored))}::text[]))))`,
    ),
  customerName: ({ values = [] }, bind) =>
    sql`(${orders.customerId} = any(array(${named(asked(String(values[0])), bind)})))`,
  toComplete: ({ values }) => (values?.[0] ? sql`${orders.isIncomplete}` : sql`not ${orders.isIncomplete}`),
  duplicate: ({ values }) => (values?.[0] ? sql`${orders.duplicateCount} > 0` : sql`${orders.duplicateCount} = 0`),
  late: ({ values }, bind, { now }) =>
    values?.[0]
      ? sql`${orders.lateAt} <= ${bind(now.toISOString())}::timestamptz`
      : sql`(${orders.lateAt} is null or ${orders.lateAt} > ${bind(now.toISOString())}::timestamptz)`,
}

/** `me` is whoever asks; for a machine it is nobody. */
const personal = (term: WhereTerm, { memberId }: Asker): WhereTerm =>
  term.field === 'assigneeId' && term.values
    ? { ...term, values: term.values.map((id) => (id === 'me' ? (memberId ?? nobody) : id)) }
    : term
const nobody = '00000000-0000-0000-0000-000000000000'

const conditionOf = (term: WhereTerm, bind: Bind, asker: Asker): SQL => {
  const column = columns[term.field]
  const own = special[term.field]
  if (own) return own(term, bind, asker)
  if (!column) throw new Error(`${term.field} has no column.`)
  return byColumn(column, personal(term, asker), bind, asker)
}

/** An index walk each: beyond this many they are one condition, for the server to filter by. */
const mostBranches = 24

const isChoice = ({ field, op, values = [] }: WhereTerm) =>
  op === 'in' && values.length > 1 && columns[field] !== undefined
const isPinned = ({ field, op, values = [] }: WhereTerm) =>
  (op === 'in' && values.length === 1 && columns[field] !== undefined) || op === 'notSet'

/**
 * A list of values breaks the order of the index behind its field; a value at a time keeps it. Needed only where no other
 * term of the alternative holds a field to one value.
 */
const walked = (clause: readonly WhereTerm[]): WhereTerm[][] => {
  const choice = clause.some(isPinned) ? undefined : clause.find(isChoice)
  if (!choice) return [[...clause]]
  return [...new Set(choice.values)].map((one) =>
    clause.map((term) => (term === choice ? { ...term, values: [one] } : term)),
  )
}

/** Compiles a checked sentence. Every branch is a whole alternative; together they are the sentence. */
export const compileWhere = (where: Where, asker: Asker): CompiledWhere => {
  const args: Record<string, unknown> = {}
  const bind: Bind = (given) => {
    const name = `w${Object.keys(args).length}`
    args[name] = given
    return sql`${value(name)}`
  }
  const clauses = clausesOf(where)
  const branches = clauses?.flatMap(walked) ?? []
  const shown = branches.length > 0 && branches.length <= mostBranches ? branches : clauses
  if (!shown || shown.length > mostBranches) return { branches: [asOne(where, bind, asker)], args }
  return { branches: shown.map((clause) => and(...clause.map((term) => conditionOf(term, bind, asker))) as SQL), args }
}

const asOne = (where: Where, bind: Bind, asker: Asker): SQL => {
  const join = where.all ? and : or
  const parts = (where.all ?? where.any ?? []).map((part) => {
    if ('field' in part) return conditionOf(part, bind, asker)
    const inner = (part.all ?? part.any ?? []).map((term) => conditionOf(term, bind, asker))
    return (part.all ? and(...inner) : or(...inner)) as SQL
  })
  return sql`(${join(...parts)})`
}
