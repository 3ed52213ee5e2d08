import { standingBlock } from '@sendocki/domain/customers/block'
import type {
  CustomerFilters,
  CustomerQuery,
  CustomerStatistics,
  CustomerSummary,
} from '@sendocki/domain/customers/customer'
import { phoneSightOf, phonesSeenSince } from '@sendocki/domain/orders/visibility'
import { maskPhone } from '@sendocki/domain/phone-format'
import { cityById } from '@sendocki/domain/places/cities'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { findSubjects } from '../search/index.ts'
import { viewerOf } from './customers.commands.ts'
import type { CustomerRow } from './customers.queries.ts'
import {
  type CustomerSelection,
  type CustomerSort,
  countCustomers,
  listCustomers,
  sortKeyOf,
  stillSeen,
} from './list.queries.ts'

/** Counting stops here unless the exact number is asked for. */
const countCap = 1_000

/** Sums tell how many orders there are beside those in sight: only who sees every order is told them. */
export const seesAll = ({ actor }: Ctx): boolean => actor.role?.scope.includes('all') ?? true

export const addressOf = (row: {
  readonly addressLine: string | null
  readonly district: string | null
  readonly landmark: string | null
  readonly cityText: string | null
  readonly cityId: string | null
  readonly regionCode: string | null
}): CustomerSummary['address'] => {
  const city = row.cityId === null ? undefined : cityById.get(row.cityId)
  return {
    line: row.addressLine,
    district: row.district,
    landmark: row.landmark,
    cityText: row.cityText,
    city: city ? { id: city.id, name: city.fr } : null,
    regionCode: row.regionCode,
  }
}

/** The sums that are kept beside the customer, as an answer. */
export const statisticsOf = (sums: {
  readonly ordersCount: number
  readonly deliveredCount: number
  readonly returnedCount: number
  readonly cancelledCount: number
  readonly deliveredCentimes: number
  readonly firstOrderAt: string | null
  readonly lastOrderAt: string | null
}): CustomerStatistics => {
  const { ordersCount, deliveredCount, returnedCount, cancelledCount } = sums
  const ended = deliveredCount + returnedCount
  return {
    orders: ordersCount,
    open: ordersCount - ended - cancelledCount,
    delivered: deliveredCount,
    returned: returnedCount,
    cancelled: cancelledCount,
    deliveredPermille: ended === 0 ? null : Math.floor((deliveredCount * 1_000) / ended),
    deliveredCentimes: sums.deliveredCentimes,
    firstOrderAt: sums.firstOrderAt,
    lastOrderAt: sums.lastOrderAt,
  }
}

/** What list and card have in common. `masked`: the actor may no longer see the phones. */
export const knownOf = (row: CustomerRow, masked: boolean, now: string) => {
  const shown = (phone: string | null) => (masked && phone !== null ? maskPhone(phone) : phone)
  return {
    id: row.id,
    name: row.name,
    phone: shown(row.phone),
    phoneMasked: masked,
    alternatePhone: shown(row.alternatePhone),
    email: row.email,
    address: addressOf(row),
    tags: [...row.tags],
    blocked: standingBlock(row, now),
    isSample: row.isSample,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    version: row.version,
  }
}

/** A segment may be of what people spent: only who reads segments, and sees amounts, finds customers by one. */
export const assertSegments = (ctx: Ctx): void => {
  const { role } = ctx.actor
  if (role && (!role.permissions.has('segments.read') || role.masks.has('financials')))
    throw new Refused('auth.forbidden', { field: 'segment' })
}

/** What a person's filters mean, inside what their role lets them see. */
export const selectionOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  { q, ...filters }: CustomerFilters,
): Promise<CustomerSelection> => {
  if (filters.segment !== undefined) assertSegments(ctx)
  const selection = { ...viewerOf(ctx), ...filters, now: ctx.now.toISOString() }
  if (q === undefined) return selection
  const found = await findSubjects(ctx, tx, q)
  const ends = found.byPhone && phoneSightOf(ctx.actor.role) === 'until_settled'
  return { ...selection, found, ...(ends ? { phonesSeenSince: phonesSeenSince(ctx.now) } : {}) }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const afterOf = (list: string, sort: CustomerSort, cursor: string | undefined) => {
  const decoded = decodeCursor(list, cursor, 2)
  if (decoded === null) return null
  const [key, id] = decoded
  const fits = sort === '-lastOrderAt' ? !Number.isNaN(Date.parse(String(key))) : Number.isSafeInteger(key)
  if (!fits || key === null || key === undefined || !uuid.test(String(id)))
    throw new Refused('request.invalid', undefined, [{ path: 'cursor', code: 'wrong_format' }])
  return { key, id: String(id) }
}

/** Customers by filters, inside what the actor's role reaches. */
export const readCustomers = (
  ctx: Ctx,
  { sort = '-lastOrderAt', limit = 50, cursor, ...filters }: CustomerQuery,
): Promise<{ items: CustomerSummary[]; nextCursor: string | null }> => {
  if (sort !== '-lastOrderAt' && !seesAll(ctx)) throw new Refused('auth.forbidden', { field: 'sort' })
  return ctx.read(async (tx) => {
    const list = `customers:${sort}`
    const after = afterOf(list, sort, cursor)
    const selection = await selectionOf(ctx, tx, filters)
    const rows = await listCustomers(tx, selection, { sort, after, limit })
    const ids = rows.map(({ id }) => id)
    const seen =
      phoneSightOf(ctx.actor.role) === 'until_settled'
        ? await stillSeen(tx, selection, ids, phonesSeenSince(ctx.now))
        : new Set(ids)
    return pageOf(
      rows,
      limit,
      list,
      (row) => sortKeyOf(sort, row),
      (row) => ({
        ...knownOf(row, !seen.has(row.id), selection.now),
        statistics: seesAll(ctx) ? statisticsOf(row) : null,
      }),
    )
  })
}

export const countAll = (
  ctx: Ctx,
  { exact = false, ...filters }: CustomerFilters & { exact?: boolean },
): Promise<{ count: number; capped: boolean }> =>
  ctx.read(async (tx) => {
    const count = await countCustomers(tx, await selectionOf(ctx, tx, filters), exact ? null : countCap)
    return exact ? { count, capped: false } : { count: Math.min(count, countCap), capped: count > countCap }
  })
