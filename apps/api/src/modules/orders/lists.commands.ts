import { cityKeyOf } from '@sendocki/domain/orders/arrival'
import type { Board, OrderFilters, OrderQuery, OrderSummary } from '@sendocki/domain/orders/order'
import { phoneSightOf, phonesSeenSince } from '@sendocki/domain/orders/visibility'
import { parseWhere, refusalOfWhere, termsOf, type Where } from '@sendocki/domain/orders/where'
import { Refused } from '@sendocki/domain/result'
import { type Ctx, hides, type MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { assertCustomer, assertSegments } from '../customers/index.ts'
import { findSubjects } from '../search/index.ts'
import type { Condition, Selection } from './filters.queries.ts'
import {
  boardColumns,
  countCap,
  countOrders,
  listOrders,
  type OrderSort,
  sortKeyOf,
  tallyOrders,
} from './list.queries.ts'
import { sightOf, viewerOf } from './orders.commands.ts'
import { summaryOf } from './rows.queries.ts'
import { compileWhere } from './where.queries.ts'

const plain = [
  'ids',
  'stageId',
  'state',
  'city',
  'regionCode',
  'carrierAccountId',
  'storeId',
  'customerId',
  'tag',
  'cash',
  'parcel',
  'return',
  'phoneVerdict',
  'risk',
  'createdFrom',
  'createdTo',
  'placedFrom',
  'placedTo',
  'updatedFrom',
  'confirmedFrom',
  'confirmedTo',
  'shippedFrom',
  'shippedTo',
  'deliveredFrom',
  'deliveredTo',
] as const satisfies readonly (keyof OrderFilters & Condition)[]

const switches = {
  toComplete: ['incomplete', 'complete'],
  duplicate: ['duplicate', 'single'],
  late: ['late', 'inTime'],
  sample: ['sample', 'real'],
} as const satisfies Record<string, readonly [Condition, Condition]>

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** `me`, `none`, or a member. */
const byAssignee = (ctx: Ctx, assigneeId: string): { condition: Condition; args: Record<string, unknown> } => {
  if (assigneeId === 'none') return { condition: 'unassigned', args: {} }
  const id = assigneeId === 'me' ? ctx.actor.memberId : assigneeId
  if (id === null || !uuid.test(id))
    throw new Refused('request.invalid', undefined, [{ path: 'assigneeId', code: 'wrong_format' }])
  return { condition: 'assigneeId', args: { assigneeId: id } }
}

/** An id that nothing has: the server plans an empty list of ids as if it could be anything. */
const nobody = '00000000-0000-0000-0000-000000000000'
const orNobody = (ids: readonly string[]) => (ids.length === 0 ? [nobody] : ids)

/** The sentence that came as text in an address. */
const whereIn = (text: string): Where => {
  const where = parseWhere(text)
  if (!where) throw new Refused('request.invalid', undefined, [{ path: 'where', code: 'wrong_format' }])
  return where
}

/** What `where` adds to a selection: refused when a role must not find orders by a field that it names. */
const sentenceOf = (ctx: Ctx, where: Where) => {
  const { actor, now } = ctx
  const hidden = new Set(actor.role?.masks ?? [])
  if (phoneSightOf(actor.role) !== 'always') hidden.add('phone')
  const refusal = refusalOfWhere(where, hidden)
  if (refusal) throw new Refused(refusal.code, refusal.params, refusal.fields)
  if (termsOf(where).some(({ field }) => field === 'segment')) assertSegments(ctx)
  return compileWhere(where, { memberId: actor.memberId, now })
}

/** The filters of an address, or those of a body where the sentence is an object. */
export type SelectionFilters = Omit<OrderFilters, 'where'> & { readonly where?: string | Where | undefined }

/**
 * What a person's filters mean, inside what their role lets them see. Searching by what the role hides finds nothing.
 */
export const selectionOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  { where, ...filters }: SelectionFilters,
): Promise<Selection> => {
  const asked: Condition[] = plain.filter((name) => filters[name] !== undefined)
  const conditions = asked.map((name) => (name === 'city' && filters.city === 'none' ? 'noCity' : name))
  const args: Record<string, unknown> = { ...filters, now: ctx.now.toISOString() }
  for (const [name, [yes, no]] of Object.entries(switches)) {
    const wanted = filters[name as keyof typeof switches]
    if (wanted !== undefined) conditions.push(wanted ? yes : no)
  }
  if (filters.cityText !== undefined) {
    conditions.push('cityKey')
    args.cityKey = cityKeyOf(filters.cityText)
  }
  if (filters.assigneeId !== undefined) {
    const { condition, args: more } = byAssignee(ctx, filters.assigneeId)
    conditions.push(condition)
    Object.assign(args, more)
  }
  if (filters.q !== undefined) {
    const found = await findSubjects(ctx, tx, filters.q)
    conditions.push(found.kind === 'few' ? 'found' : 'matches')
    Object.assign(args, found, { orderIds: orNobody(found.orderIds), customerIds: orNobody(found.customerIds) })
    if (found.byPhone && phoneSightOf(ctx.actor.role) === 'until_settled') {
      conditions.push('phoneStillSeen')
      args.phonesSeenSince = phonesSeenSince(ctx.now)
    }
  }
  const viewer = viewerOf(ctx)
  const sentence = where === undefined ? undefined : sentenceOf(ctx, typeof where === 'string' ? whereIn(where) : where)
  return {
    conditions,
    branches: sentence?.branches,
    scope: viewer.scope,
    args: { ...args, ...sentence?.args, memberId: viewer.memberId },
  }
}

/** A search has to find its subjects before the orders can be asked for; anything else is one question. */
const asOf = ({ q }: OrderFilters) => ({ oneFlight: q === undefined })

interface Page {
  readonly items: OrderSummary[]
  readonly nextCursor: string | null
}

export const listPage = (
  ctx: Ctx,
  { sort = '-createdAt', limit = 50, cursor, ...filters }: OrderQuery,
): Promise<Page> =>
  ctx.read(async (tx) => {
    const name = `orders:${sort}`
    const after = afterOf(name, sort, cursor)
    const selection = await selectionOf(ctx, tx, filters)
    const rows = await listOrders(tx, selection, { sort, after, limit })
    const sight = sightOf(ctx)
    return pageOf(
      rows,
      limit,
      name,
      (row) => sortKeyOf(sort, row),
      (row) => summaryOf(row, sight),
    )
  }, asOf(filters))

/** The orders of a customer whom the actor may see. */
export const listOfCustomer = async (
  ctx: Ctx,
  customerId: string,
  paging: Pick<OrderQuery, 'limit' | 'cursor'>,
): Promise<Page> => {
  await ctx.read((tx) => assertCustomer(ctx, tx, customerId))
  return listPage(ctx, { ...paging, customerId })
}

/** The key in a cursor, of the kind that this sort has. */
const afterOf = (name: string, sort: OrderSort, cursor: string | undefined) => {
  const decoded = decodeCursor(name, cursor, 2)
  if (decoded === null) return null
  const [key, id] = decoded
  const fits = sort === '-totalCentimes' ? Number.isSafeInteger(key) : !Number.isNaN(Date.parse(String(key)))
  if (!fits || key === null || key === undefined || !uuid.test(String(id)))
    throw new Refused('request.invalid', undefined, [{ path: 'cursor', code: 'wrong_format' }])
  return { key, id: String(id) }
}

export const countAll = (
  ctx: Ctx,
  { exact = false, ...filters }: OrderFilters & { exact?: boolean },
): Promise<{ count: number; capped: boolean }> =>
  ctx.read(async (tx) => {
    const count = await countOrders(tx, await selectionOf(ctx, tx, filters), exact)
    return exact ? { count, capped: false } : { count: Math.min(count, countCap), capped: count > countCap }
  }, asOf(filters))

export interface Tally {
  readonly count: number
  readonly capped: boolean
  /** What the orders bring in cash, in centimes; null beyond the cap and without financials. */
  readonly codSumCentimes: number | null
}

/** How many orders each of several closed sets of filters selects, in the order asked, in one trip. */
export const tallyAll = (ctx: Ctx, asked: readonly Omit<OrderFilters, 'q'>[]): Promise<Tally[]> =>
  ctx.read(
    (tx) =>
      Promise.all(
        asked.map(async (filters) => {
          const { count, codSumCentimes } = await tallyOrders(tx, await selectionOf(ctx, tx, filters))
          const capped = count > countCap
          const sum = capped || hides(ctx, 'financials') ? null : codSumCentimes
          return { count: capped ? countCap : count, capped, codSumCentimes: sum }
        }),
      ),
    { oneFlight: true },
  )

/** The heads of the board's columns: beyond the cap neither count nor sum is the whole, and the sum is left out. */
export const readBoard = (
  ctx: Ctx,
  { exact = false, ...filters }: OrderFilters & { exact?: boolean },
): Promise<Board> =>
  ctx.read(async (tx) => {
    const rows = await boardColumns(tx, await selectionOf(ctx, tx, filters), exact)
    return {
      columns: rows.map(({ stageId, count, sumCentimes, oldestSince }) => {
        const capped = !exact && count > countCap
        return {
          stageId,
          count: capped ? countCap : count,
          capped,
          sumCentimes: capped || hides(ctx, 'financials') ? null : sumCentimes,
          oldestSince,
        }
      }),
    }
  }, asOf(filters))
