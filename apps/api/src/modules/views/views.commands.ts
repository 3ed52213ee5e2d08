import { CustomerFilters, customerSorts } from '@sendocki/domain/customers/customer'
import { orderSorts } from '@sendocki/domain/orders/order'
import { OrderSelection } from '@sendocki/domain/orders/where-schema'
import { Refused } from '@sendocki/domain/result'
import {
  type CreateView,
  type EditView,
  mostViews,
  type View,
  type ViewQuery,
  type ViewScreen,
} from '@sendocki/domain/views/view'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { selectCustomers } from '../customers/index.ts'
import { type SelectionFilters, selectionOf } from '../orders/index.ts'
import {
  clearDefault,
  findView,
  insertView,
  listViews,
  lockViews,
  placeView,
  removeView,
  saveView,
  type ViewRow,
} from './views.queries.ts'

const viewOf = ({ merchantId: _merchantId, memberId: _memberId, ...row }: ViewRow): View => ({
  ...row,
  columns: row.columns === null ? null : [...row.columns],
  sort: row.sort as View['sort'],
})

const assertSight = (ctx: Ctx, screen: ViewScreen): void => {
  if (screen === 'customers' && !ctx.actor.role?.permissions.has('customers.read')) throw new Refused('auth.forbidden')
}

export const readViews = (ctx: Ctx, { screen = 'orders' }: ViewQuery): Promise<{ items: View[] }> => {
  assertSight(ctx, screen)
  return ctx.read(async (tx) => ({ items: (await listViews(tx, memberOf(ctx), screen)).map(viewOf) }))
}

const lists = {
  orders: { filters: OrderSelection, sorts: orderSorts },
  customers: { filters: CustomerFilters, sorts: customerSorts },
} as const satisfies Record<ViewScreen, object>

/** What cannot be asked of a list must not be kept: it is read once as the list would read it. */
const assertAskable = async (
  ctx: Ctx,
  tx: MerchantTx,
  screen: ViewScreen,
  { filter, sort }: Pick<Partial<View>, 'filter' | 'sort'>,
): Promise<void> => {
  assertSight(ctx, screen)
  const { filters, sorts } = lists[screen]
  const odd = (path: string) => new Refused('request.invalid', undefined, [{ path, code: 'not_in_list' }])
  if (sort !== undefined && !sorts.some((one) => one === sort)) throw odd('sort')
  if (filter === undefined) return
  const known = Object.keys(filters.properties)
  const unknown = Object.keys(filter).find((name) => !known.includes(name))
  if (unknown !== undefined) throw odd(`filter.${unknown}`)
  if (screen === 'orders') await selectionOf(ctx, tx, filter as SelectionFilters)
  else await selectCustomers(ctx, tx, filter as CustomerFilters)
}

const firstSort = { orders: '-createdAt', customers: '-lastOrderAt' } as const

export const createView = (ctx: Ctx, input: CreateView): Promise<View> =>
  ctx.transaction(async (tx) => {
    const memberId = memberOf(ctx)
    const { screen = 'orders' } = input
    await lockViews(tx, memberId)
    const kept = await listViews(tx, memberId, screen)
    if (kept.length >= mostViews) throw new Refused('view.too_many', { most: mostViews })
    await assertAskable(ctx, tx, screen, input)
    const { name, filter, columns = null, sort = firstSort[screen], density = null, isDefault = false } = input
    if (isDefault) await clearDefault(tx, memberId, screen)
    const row: ViewRow = {
      merchantId: tx.merchantId,
      id: ctx.newId(),
      memberId,
      screen,
      name,
      filter,
      columns,
      sort,
      density,
      isDefault,
      position: (kept.at(-1)?.position ?? 0) + 1,
      version: 1,
      updatedAt: ctx.now.toISOString(),
    }
    await insertView(tx, row)
    return viewOf(row)
  })

const loadAnew = async (tx: MerchantTx, memberId: string, id: string): Promise<ViewRow> => {
  const row = await findView(tx, memberId, id)
  if (!row) throw new Refused('view.not_found')
  return row
}

export const editView = (ctx: Ctx, { id, version, ...change }: EditView & { id: string }): Promise<View> =>
  ctx.transaction(async (tx) => {
    const memberId = memberOf(ctx)
    await lockViews(tx, memberId)
    const row = await loadAnew(tx, memberId, id)
    if (row.version !== version) throw new Refused('view.changed_meanwhile', { current: viewOf(row) })
    await assertAskable(ctx, tx, row.screen, change)
    if (change.isDefault) await clearDefault(tx, memberId, row.screen)
    await saveView(tx, memberId, row, { ...change, updatedAt: ctx.now.toISOString() })
    return viewOf(await loadAnew(tx, memberId, id))
  })

export const deleteView = (ctx: Ctx, id: string): Promise<null> =>
  ctx.transaction(async (tx) => {
    if (!(await removeView(tx, memberOf(ctx), id))) throw new Refused('view.not_found')
    return null
  })

/** The views of a list in a new order; all of them have to be named. */
export const orderViews = (
  ctx: Ctx,
  { screen = 'orders', ids }: ViewQuery & { readonly ids: readonly string[] },
): Promise<{ items: View[] }> =>
  ctx.transaction(async (tx) => {
    assertSight(ctx, screen)
    const memberId = memberOf(ctx)
    await lockViews(tx, memberId)
    const kept = await listViews(tx, memberId, screen)
    if (kept.length !== ids.length || !kept.every(({ id }) => ids.includes(id)))
      throw new Refused('view.changed_meanwhile')
    for (const [index, id] of ids.entries()) await placeView(tx, memberId, id, index + 1)
    return { items: (await listViews(tx, memberId, screen)).map(viewOf) }
  })
