import type { orderSorts } from '@sendocki/domain/orders/order'
import type { Scope } from '@sendocki/domain/permissions'
import { builtInRoles, roleKeys } from '@sendocki/domain/permissions'
import { asc, desc, type SQL, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { orders } from '../../db/schema/orders.ts'
import { stages } from '../../db/schema/pipeline.ts'
import { rawStatement, type Statement, statement } from '../../db/statement.ts'
import { type Condition, type Selection, value, whereOf } from './filters.queries.ts'
import { type SummaryRow, selectOrders, summaryColumns } from './rows.queries.ts'

export type OrderSort = (typeof orderSorts)[number]

interface Shape {
  readonly conditions: readonly Condition[]
  readonly scope: readonly Scope[]
  readonly sort: OrderSort
  readonly after: boolean
}

/** Every sort walks an ascending index of (…, column, id), forwards or backwards, and goes on after a key of both. */
const sorts = {
  '-createdAt': { column: orders.createdAt, backwards: true, after: sql`${value('afterKey')}::timestamptz` },
  createdAt: { column: orders.createdAt, backwards: false, after: sql`${value('afterKey')}::timestamptz` },
  '-totalCentimes': { column: orders.totalCentimes, backwards: true, after: sql`${value('afterKey')}::bigint` },
  stateSince: { column: orders.stateSince, backwards: false, after: sql`${value('afterKey')}::timestamptz` },
} as const

const afterKey = ({ column, backwards, after }: (typeof sorts)[OrderSort]): SQL => {
  const key = sql`(${column}, ${orders.id})`
  const last = sql`(${after}, ${value('afterId')}::uuid)`
  return backwards ? sql`${key} < ${last}` : sql`${key} > ${last}`
}

const shapeName = ({ conditions, scope, sort, after }: Shape): string =>
  [
    'orders',
    [...scope].sort().join('+'),
    [...conditions].sort().join('+') || 'any',
    sort,
    after ? 'next' : 'first',
  ].join(' ')

const compile = (name: string, shape: Shape): Statement<SummaryRow> => {
  const sort = sorts[shape.sort]
  const direction = sort.backwards ? desc : asc
  return statement(name, (qb) =>
    selectOrders(qb, summaryColumns)
      .where(whereOf(shape.scope, shape.conditions, shape.after ? afterKey(sort) : undefined))
      .orderBy(direction(sort.column), direction(orders.id))
      .limit(value('limit') as never),
  ) as unknown as Statement<SummaryRow>
}

const everyday: readonly (readonly Condition[])[] = [
  [],
  ['stageId'],
  ['state'],
  ['assigneeId'],
  ['customerId'],
  ['storeId'],
]
const scopes = [...new Map(roleKeys.map((key) => [builtInRoles[key].scope.join(), builtInRoles[key].scope])).values()]

/** The everyday shapes, compiled once and sent by name; any other one is compiled when asked for. */
const compiled: ReadonlyMap<string, Statement<SummaryRow>> = new Map(
  everyday.flatMap((conditions) =>
    scopes.flatMap((scope) =>
      (Object.keys(sorts) as OrderSort[]).flatMap((sort) =>
        [false, true].map((after) => {
          const shape = { conditions, scope, sort, after }
          const name = shapeName(shape)
          return [name, compile(name, shape)] as const
        }),
      ),
    ),
  ),
)

const statementFor = (shape: Shape): Statement<SummaryRow> => compiled.get(shapeName(shape)) ?? compile('', shape)

export interface PageRequest {
  readonly sort: OrderSort
  readonly after: { readonly key: string | number; readonly id: string } | null
  readonly limit: number
}

/** Orders of a selection in the order of the sort, from after a key; one more than `limit`, to tell a next page. */
export const listOrders = (tx: MerchantTx, selection: Selection, { sort, after, limit }: PageRequest) =>
  tx.run(statementFor({ conditions: selection.conditions, scope: selection.scope, sort, after: after !== null }), {
    ...selection.args,
    merchantId: tx.merchantId,
    limit: limit + 1,
    afterKey: after?.key,
    afterId: after?.id,
  })

/** The key after which a page goes on. */
export const sortKeyOf = (sort: OrderSort, row: SummaryRow): readonly [string | number, string] => {
  if (sort === '-totalCentimes') return [row.totalCentimes, row.id]
  return [sort === 'stateSince' ? row.stateSince : row.createdAt, row.id]
}

/** Counting stops here unless the exact number is asked for: beyond it nobody reads the figure. */
export const countCap = 1_000

/** How many orders a selection has, at most one more than the cap. */
export const countOrders = async (tx: MerchantTx, selection: Selection, exact: boolean): Promise<number> => {
  const where = whereOf(selection.scope, selection.conditions)
  const limit = exact ? sql`` : sql`limit ${countCap + 1}`
  const count = rawStatement<{ count: number }>(
    '',
    sql`select count(*) as count from (select 1 from ${orders} where ${where} ${limit}) as counted`,
    ['count'],
  )
  const [row] = await tx.run(count, { ...selection.args, merchantId: tx.merchantId })
  return row?.count ?? 0
}

export interface TallyRow {
  readonly count: number
  /** What the counted orders bring in cash. */
  readonly codSumCentimes: number
}

const tallies = new Map<string, Statement<TallyRow>>()

/** Kept by its shape, of which there are as many as figures and kinds of sight. */
const tallyStatement = ({ scope, conditions }: Pick<Selection, 'scope' | 'conditions'>): Statement<TallyRow> => {
  const name = `tally ${[...scope].sort().join('+')} ${conditions.join('+')}`
  const known = tallies.get(name)
  if (known) return known
  const made = rawStatement<TallyRow>(
    name,
    sql`select count(*) as count, coalesce(sum(cod_amount_centimes), 0)::bigint as sum from (
      select ${orders.codAmountCentimes} from ${orders} where ${whereOf(scope, conditions)} limit ${countCap + 1}
    ) as counted`,
    ['count', 'codSumCentimes'],
  )
  tallies.set(name, made)
  return made
}

/** How many orders a selection of a figure has, at most one more than the cap, and their cash; leans on the index of its filter. */
export const tallyOrders = async (tx: MerchantTx, selection: Selection): Promise<TallyRow> => {
  const [row] = await tx.run(tallyStatement(selection), { ...selection.args, merchantId: tx.merchantId })
  return row ?? { count: 0, codSumCentimes: 0 }
}

export interface ColumnRow {
  readonly stageId: string
  readonly count: number
  readonly sumCentimes: number
  readonly oldestSince: string | null
}

const columnKeys = ['stageId', 'count', 'sumCentimes', 'oldestSince'] as const

/**
 * One row a stage on the board: count and sum of its longest-standing orders up to one more than the cap, and since when
 * the first of them stands there. Walks `orders_stage_since` once a stage.
 */
const boardStatement = (name: string, { scope, conditions }: Pick<Selection, 'scope' | 'conditions'>, exact: boolean) =>
  rawStatement<ColumnRow>(
    name,
    sql`select ${stages.id}, held.count, held.sum, held.oldest from ${stages}, lateral (
      select count(*) as count, coalesce(sum(total_centimes), 0)::bigint as sum, min(state_since) as oldest from (
        select ${orders.totalCentimes}, ${orders.stateSince} from ${orders}
        where ${whereOf(scope, conditions)} and ${orders.stageId} = ${stages.id}
        order by ${orders.stateSince} ${exact ? sql`` : sql`limit ${countCap + 1}`}) as counted
      ) as held
    where ${stages.merchantId} = ${value('merchantId')} and ${stages.active} order by ${stages.position}, ${stages.id}`,
    columnKeys,
  )

const wholeBoards = new Map(
  scopes.map((scope) => {
    const name = `board ${[...scope].sort().join('+')}`
    return [name, boardStatement(name, { scope, conditions: [] }, false)]
  }),
)

export const boardColumns = (tx: MerchantTx, selection: Selection, exact: boolean): Promise<ColumnRow[]> => {
  const common = selection.conditions.length === 0 && !exact
  const board =
    (common ? wholeBoards.get(`board ${[...selection.scope].sort().join('+')}`) : undefined) ??
    boardStatement('', selection, exact)
  return tx.run(board, { ...selection.args, merchantId: tx.merchantId })
}
