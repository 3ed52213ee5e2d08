import type { OrderSelection } from '@sendocki/domain/orders/where-schema'
import { Refused } from '@sendocki/domain/result'
import { type CreateView, type EditView, mostViews, type View } from '@sendocki/domain/views/view'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
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

export const readViews = (ctx: Ctx): Promise<{ items: View[] }> =>
  ctx.read(async (tx) => ({ items: (await listViews(tx, memberOf(ctx))).map(viewOf) }))

/** A filter that cannot be asked must not be kept: it is read once as a list would read it. */
const assertFilter = async (ctx: Ctx, tx: MerchantTx, filter: OrderSelection): Promise<void> => {
  await selectionOf(ctx, tx, filter as SelectionFilters)
}

export const createView = (ctx: Ctx, input: CreateView): Promise<View> =>
  ctx.transaction(async (tx) => {
    const memberId = memberOf(ctx)
    await lockViews(tx, memberId)
    const kept = await listViews(tx, memberId)
    if (kept.length >= mostViews) throw new Refused('view.too_many', { most: mostViews })
    await assertFilter(ctx, tx, input.filter)
    const { name, filter, columns = null, sort = '-createdAt', density = null, isDefault = false } = input
    if (isDefault) await clearDefault(tx, memberId)
    const row: ViewRow = {
      merchantId: tx.merchantId,
      id: ctx.newId(),
      memberId,
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
    if (change.filter) await assertFilter(ctx, tx, change.filter)
    if (change.isDefault) await clearDefault(tx, memberId)
    await saveView(tx, memberId, row, { ...change, updatedAt: ctx.now.toISOString() })
    return viewOf(await loadAnew(tx, memberId, id))
  })

export const deleteView = (ctx: Ctx, id: string): Promise<null> =>
  ctx.transaction(async (tx) => {
    if (!(await removeView(tx, memberOf(ctx), id))) throw new Refused('view.not_found')
    return null
  })

/** The views in a new order; all of them have to be named. */
export const orderViews = (ctx: Ctx, ids: readonly string[]): Promise<{ items: View[] }> =>
  ctx.transaction(async (tx) => {
    const memberId = memberOf(ctx)
    await lockViews(tx, memberId)
    const kept = await listViews(tx, memberId)
    if (kept.length !== ids.length || !kept.every(({ id }) => ids.includes(id)))
      throw new Refused('view.changed_meanwhile')
    for (const [index, id] of ids.entries()) await placeView(tx, memberId, id, index + 1)
    return { items: (await listViews(tx, memberId)).map(viewOf) }
  })
