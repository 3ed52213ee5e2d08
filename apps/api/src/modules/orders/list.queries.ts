import type { orderSorts } from '@sendocki/domain/orders/order'
import type { Scope } from '@sendocki/domain/permissions'
import { builtInRoles, roleKeys } from '@sendocki/domain/permissions'
import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm'
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

/**
 * The ids of a page as a subquery. One alternative narrows the walk like every filter. Several are walked each in its
 * own index, in the order of the sort and no further than the page; the server would otherwise read every order that one
 * of them holds for.
 */
const orderPage = ({ conditions, scope, branches = [] }: Selection, { sort, after, limit }: Walk): SQL => {
  const { column, backwards } = sorts[sort]
  const direction = backwards ? sql`desc` : sql`asc`
  const order = sql`order by key ${direction}, id ${direction} limit ${value(limit)}`
  const walks = (branches.length === 0 ? [undefined] : branches).map(
    (branch) => sql`(select ${orders.id} as id, ${column} as key from ${orders}
      where ${whereOf(scope, conditions, branch, after ? afterKey(sorts[sort]) : undefined)} ${order})`,
  )
  return sql`select id from (${sql.join(walks, sql` union `)}) as walked ${order}`
}

interface Walk {
  readonly sort: OrderSort
  readonly after: boolean
  /** The name of the argument that says how many. */
  readonly limit: string
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

const statementFor = (selection: Selection, { sort, after }: Pick<Shape, 'sort' | 'after'>): Statement<SummaryRow> => {
  const { conditions, scope, branches = [] } = selection
  const shape = { conditions, scope, sort, after }
  if (branches.length === 0) return compiled.get(shapeName(shape)) ?? compile('', shape)
  return compileSentence(selection, { sort, after, limit: 'limit' })
}

/** Compiled when it is asked for: no two people write the same sentence. */
const compileSentence = (selection: Selection, walk: Walk): Statement<SummaryRow> => {
  const { column, backwards } = sorts[walk.sort]
  const direction = backwards ? desc : asc
  return statement('', (qb) =>
    selectOrders(qb, summaryColumns)
      .where(and(eq(orders.merchantId, value('merchantId')), sql`${orders.id} in (${orderPage(selection, walk)})`))
      .orderBy(direction(column), direction(orders.id)),
  ) as unknown as Statement<SummaryRow>
}

export interface PageRequest {
  readonly sort: OrderSort
  readonly after: { readonly key: string | number; readonly id: string } | null
  readonly limit: number
}

/** Orders of a selection in the order of the sort, from after a key; one more than `limit`, to tell a next page. */
export const listOrders = (tx: MerchantTx, selection: Selection, { sort, after, limit }: PageRequest) =>
  tx.run(statementFor(selection, { sort, after: after !== null }), {
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
  const { scope, conditions, branches = [] } = selection
  const limit = exact ? sql`` : sql`limit ${countCap + 1}`
  const walks = (exact ? [undefined] : branches.length === 0 ? [undefined] : branches).map(
    (branch) => sql`(select ${orders.id} from ${orders}
      where ${whereOf(scope, conditions, exact ? anyBranch(branches) : branch)} ${limit})`,
  )
  const count = rawStatement<{ count: number }>(
    '',
    sql`select count(*) as count from (select id from (${sql.join(walks, sql` union `)}) as walked ${limit}) as counted`,
    ['count'],
  )
  const [row] = await tx.run(count, { ...selection.args, merchantId: tx.merchantId })
  return row?.count ?? 0
}

/** The alternatives as one condition, for reads that visit every order anyway. */
const anyBranch = (branches: readonly SQL[] = []): SQL | undefined =>
  branches.length === 0 ? undefined : sql`(${or(...branches)})`

/** What follows `from orders` for a page: one alternative or none is walked at once, several by their ids. */
export const pageTail = (selection: Selection, walk: Walk): SQL => {
  const { column, backwards } = sorts[walk.sort]
  const direction = backwards ? sql`desc` : sql`asc`
  const order = sql`order by ${column} ${direction}, ${orders.id} ${direction}`
  const { scope, conditions, branches = [] } = selection
  if (branches.length > 1)
    return sql`where ${orders.merchantId} = ${value('merchantId')} and ${orders.id} in (${orderPage(selection, walk)}) ${order}`
  const after = walk.after ? afterKey(sorts[walk.sort]) : undefined
  return sql`where ${whereOf(scope, conditions, branches[0], after)} ${order} limit ${value(walk.limit)}`
}

export interface ChosenOrder {
  readonly id: string
  readonly version: number
}

/** Which orders a selection has and in which version, newest first, no more than `limit`. */
export const chooseOrders = (tx: MerchantTx, selection: Selection, limit: number): Promise<ChosenOrder[]> =>
  tx.run(
    rawStatement<ChosenOrder>(
      '',
      sql`select ${orders.id}, ${orders.version} from ${orders}
        ${pageTail(selection, { sort: '-createdAt', after: false, limit: 'limit' })}`,
      ['id', 'version'],
    ),
    { ...selection.args, merchantId: tx.merchantId, limit },
  )
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
const boardStatement = (
  name: string,
  { scope, conditions, branches }: Pick<Selection, 'scope' | 'conditions' | 'branches'>,
  exact: boolean,
) =>
  rawStatement<ColumnRow>(
    name,
    sql`select ${stages.id}, held.count, held.sum, held.oldest from ${stages}, lateral (
      select count(*) as count, coalesce(sum(total_centimes), 0)::bigint as sum, min(state_since) as oldest from (
        select ${orders.totalCentimes}, ${orders.stateSince} from ${orders}
        where ${whereOf(scope, conditions, anyBranch(branches))} and ${orders.stageId} = ${stages.id}
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
  const common = selection.conditions.length === 0 && selection.branches === undefined && !exact
  const board =
    (common ? wholeBoards.get(`board ${[...selection.scope].sort().join('+')}`) : undefined) ??
    boardStatement('', selection, exact)
  return tx.run(board, { ...selection.args, merchantId: tx.merchantId })
}
