import { standingBlock } from '@sendocki/domain/customers/block'
import { type Customer, type MergeCustomer, type MergeResult, tagsMax } from '@sendocki/domain/customers/customer'
import {
  type MergeMemory,
  mergeValues,
  mostMergedOrders,
  takenOver,
  unmergedValues,
} from '@sendocki/domain/customers/merging'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { mergeLeases, unmergeLeases } from '../leases/index.ts'
import { addTerms } from '../search/index.ts'
import { cardOf } from './card.commands.ts'
import { everyIdOf, findBlock } from './card.queries.ts'
import { assertCustomer, termsOf } from './customers.commands.ts'
import { type CustomerRow, findCustomer, replaceTags } from './customers.queries.ts'
import {
  blockFreeOrders,
  countNotes,
  dropTerms,
  freeOrders,
  giveOrders,
  insertMerge,
  lockMerge,
  lockPair,
  markUndone,
  moveBlock,
  moveTerms,
  orderIdsOf,
  ordersToGoBack,
  pointTo,
  setValues,
  valuesOf,
} from './merges.queries.ts'

interface Pair {
  readonly kept: CustomerRow
  readonly merged: CustomerRow
}

/** Both, locked, or why they cannot become one. */
const loadPair = async (tx: MerchantTx, keptId: string, mergedId: string): Promise<Pair> => {
  const rows = await lockPair(tx, [keptId, mergedId])
  const [kept, merged] = [keptId, mergedId].map((id) => rows.find((row) => row.id === id))
  if (!kept || !merged || kept.erasedAt !== null || merged.erasedAt !== null) throw new Refused('customer.not_found')
  if (keptId === mergedId) throw new Refused('customer.merge_itself')
  if (kept.mergedIntoId !== null || merged.mergedIntoId !== null) throw new Refused('customer.already_merged')
  // An example goes away again with its customer; nothing real may hang on it.
  if (kept.isSample || merged.isSample) throw new Refused('customer.sample')
  return { kept, merged }
}

/** What a merge would move. */
const previewOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  { kept, merged }: Pair,
): Promise<Omit<MergeResult, 'mergeId' | 'customer'>> => {
  const [orderIds, everybody] = await Promise.all([
    orderIdsOf(tx, merged.id, mostMergedOrders + 1),
    everyIdOf(tx, merged.id),
  ])
  if (orderIds.length > mostMergedOrders) throw new Refused('customer.merge_too_large', { most: mostMergedOrders })
  const after = mergeValues(valuesOf(kept), valuesOf(merged), tagsMax, ctx.now.toISOString())
  return {
    orders: orderIds.length,
    notes: await countNotes(tx, everybody),
    phones: [merged.phone, merged.alternatePhone].filter((phone) => phone !== null),
    tags: after.kept.tags.filter((tag) => !kept.tags.includes(tag)),
    fields: takenOver(valuesOf(kept), after.kept),
    others: everybody.length - 1,
  }
}

/**
 * Makes two customers one: orders, notes, numbers and tags of `customerId` become those of the one who stays. Asked with
 * `dryRun`, it only says what would move.
 */
export const mergeCustomers = (
  ctx: Ctx,
  id: string,
  { customerId, dryRun = false }: MergeCustomer,
): Promise<MergeResult> =>
  ctx.transaction(async (tx) => {
    const pair = await loadPair(tx, id, customerId)
    const preview = await previewOf(ctx, tx, pair)
    if (dryRun) return { ...preview, mergeId: null, customer: await cardOf(ctx, tx, pair.kept) }
    const mergeId = await merge(ctx, tx, pair)
    return { ...preview, mergeId, customer: await cardOf(ctx, tx, await assertCustomer(ctx, tx, id)) }
  })

const merge = async (ctx: Ctx, tx: MerchantTx, { kept, merged }: Pair): Promise<string> => {
  const now = ctx.now.toISOString()
  const before = { kept: valuesOf(kept), merged: valuesOf(merged) }
  const after = mergeValues(before.kept, before.merged, tagsMax, now)
  const [orderIds, [, ...customerIds], block] = await Promise.all([
    orderIdsOf(tx, merged.id, mostMergedOrders),
    everyIdOf(tx, merged.id),
    findBlock(tx, merged.id),
  ])
  // The phone of the merged one is free before the kept one takes it.
  await setValues(tx, merged.id, { ...after.merged, mergedIntoId: kept.id }, now)
  await setValues(tx, kept.id, after.kept, now)
  await pointTo(tx, customerIds, kept.id)
  await replaceTags(tx, kept.id, after.kept.tags)
  await replaceTags(tx, merged.id, [])
  const goesAlong = block !== undefined && !standingBlock(kept, now) && standingBlock(merged, now) !== null
  if (goesAlong) await moveBlock(tx, block.id, kept.id)
  await giveOrders(tx, orderIds, kept.id, now)
  const blockedOrderIds = await blockFreeOrders(tx, kept.id, after.kept)
  const terms = await moveTerms(tx, merged.id, kept.id)
  const leaseId = await mergeLeases(tx, merged.id, kept.id)
  const mergeId = ctx.newId()
  const memory: MergeMemory = {
    orderIds,
    blockedOrderIds,
    customerIds,
    blockId: goesAlong ? block.id : null,
    before,
    after,
    terms,
    leaseId,
  }
  await insertMerge(tx, {
    id: mergeId,
    keptId: kept.id,
    mergedId: merged.id,
    mergedAt: now,
    memberId: ctx.actor.memberId,
    memory,
  })
  tell(ctx, tx, 'customer.merged', { mergeId, keptId: kept.id, mergedId: merged.id, orders: orderIds.length })
  return mergeId
}

/** Both customers and every list of orders look again. */
const tell = (
  ctx: Ctx,
  tx: MerchantTx,
  type: 'customer.merged' | 'customer.unmerged',
  { keptId, mergedId, ...data }: { mergeId: string; keptId: string; mergedId: string; orders: number },
): void => {
  ctx.record(tx, {
    type,
    subject: { kind: 'customer', id: keptId },
    data: { customerId: mergedId, ...data },
    touches: [{ noun: 'customer', id: mergedId }],
  })
  tx.outbox.changes.push({ noun: 'order', id: null })
}

/**
 * Takes a merge back: everything that it moved goes back, and so do the orders that came since with the merged one's
 * number. What somebody changed since on the one who stays keeps the change.
 */
export const undoMerge = (ctx: Ctx, id: string): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    const row = await lockMerge(tx, id)
    if (!row) throw new Refused('merge.not_found')
    if (row.undoneAt !== null || row.memory === null) throw new Refused('merge.already_undone')
    const rows = await lockPair(tx, [row.keptId, row.mergedId])
    const [kept, merged] = [row.keptId, row.mergedId].map((one) => rows.find((found) => found.id === one))
    if (!kept || !merged) throw new Error('A merge of customers who are not there.')
    // One that went into a third is undone after that merge.
    if (kept.mergedIntoId !== null || merged.mergedIntoId !== kept.id) throw new Refused('merge.superseded')
    const orders = await goBack(ctx, tx, { kept, merged }, row.memory, row.mergedAt)
    await markUndone(tx, id, ctx.now.toISOString())
    tell(ctx, tx, 'customer.unmerged', { mergeId: id, keptId: kept.id, mergedId: merged.id, orders })
    return cardOf(ctx, tx, await assertCustomer(ctx, tx, kept.id))
  })

const goBack = async (
  ctx: Ctx,
  tx: MerchantTx,
  { kept, merged }: Pair,
  memory: MergeMemory,
  since: string,
): Promise<number> => {
  const now = ctx.now.toISOString()
  const { before, after } = memory
  const keptBack = unmergedValues(valuesOf(kept), before.kept, after.kept)
  const mergedBack = unmergedValues(valuesOf(merged), before.merged, after.merged)
  const orderIds = await ordersToGoBack(tx, {
    customerId: kept.id,
    orderIds: memory.orderIds,
    phone: before.merged.phone,
    since,
  })
  await setValues(tx, kept.id, keptBack, now)
  await setValues(tx, merged.id, { ...mergedBack, mergedIntoId: null }, now)
  await pointTo(tx, memory.customerIds, merged.id)
  await replaceTags(tx, kept.id, keptBack.tags ?? kept.tags)
  await replaceTags(tx, merged.id, mergedBack.tags ?? merged.tags)
  await giveOrders(tx, orderIds, merged.id, now)
  await unmergeLeases(tx, { keptId: kept.id, mergedId: merged.id }, { leaseId: memory.leaseId ?? null, orderIds })
  if (memory.blockId !== null) await moveBlock(tx, memory.blockId, merged.id)
  await freeOrders(tx, memory.blockedOrderIds)
  await dropTerms(tx, kept.id, memory.terms.added)
  const keptNow = await findCustomer(tx, kept.id)
  if (keptNow) await addTerms(tx, kept.id, termsOf(keptNow))
  await addTerms(tx, merged.id, memory.terms.given)
  return orderIds.length
}
