import type { PaperContent } from '@sendocki/domain/papers/content'
import type { LeftOut, LeftOutReason } from '@sendocki/domain/papers/paper'
import { type PickedLine, pickingOf } from '@sendocki/domain/papers/picking'
import { dayOf } from '@sendocki/domain/time'
import type { PaperUnderWay } from '../../adapters/papers/port.ts'
import type { Ctx, JobCtx, MerchantTx } from '../../context.ts'
import { GiveUp, type Handlers } from '../../jobs/engine.ts'
import { actorOfMember } from '../members/index.ts'
import { companyOf } from '../orders/index.ts'
import { companionsOf, markPrinted, viewerOf } from '../parcels/index.ts'
import { type Item, labelOf, type Printing, slipOf } from './contents.ts'
import {
  linesOnPaper,
  liveParcelsOf,
  merchantName,
  ordersOnPaper,
  type ParcelOnPaper,
  parcelsOnPaper,
} from './facts.queries.ts'
import { expiryFrom, keptName, rightsOf } from './papers.commands.ts'
import {
  findExpired,
  findPaper,
  markExpired,
  type PaperChange,
  type PaperRow,
  removeOldPapers,
  savePaper,
} from './papers.queries.ts'

/** Items read and drawn at once: few enough that a person who stops the paper is heard within a second or two. */
const batch = 50

/** The next items of a paper, in the order in which they were asked for. */
const readItems = (ctx: Ctx, row: PaperRow, ids: readonly string[]): Promise<Item[]> =>
  ctx.read(async (tx) => {
    const subjects = row.subject === 'parcel' ? await namedParcels(tx, ids) : await namedOrders(tx, ids)
    const orderIds = [...new Set(subjects.flatMap((subject) => subject.orderIds))]
    const [found, lines] = await Promise.all([ordersOnPaper(tx, viewerOf(ctx), orderIds), linesOnPaper(tx, orderIds)])
    const known = new Map(found.map((order) => [order.id, order]))
    const linesOf = Map.groupBy(lines, ({ orderId }) => orderId)
    return subjects.map(({ subjectId, orderIds: own, parcel }) => {
      const [order, ...companions] = own.map((id) => known.get(id))
      const shown = order ? companions.filter((companion) => companion !== undefined) : []
      const all = order ? [order, ...shown] : []
      return { subjectId, order, companions: shown, parcel, lines: all.flatMap(({ id }) => linesOf.get(id) ?? []) }
    })
  })

/** What a paper is asked for: its orders, the one to whose address the parcel goes first, and the parcel itself. */
interface Subject {
  readonly subjectId: string
  readonly orderIds: readonly string[]
  readonly parcel: ParcelOnPaper | undefined
}

const namedParcels = async (tx: MerchantTx, ids: readonly string[]): Promise<Subject[]> => {
  const [named, companions] = await Promise.all([parcelsOnPaper(tx, ids), companionsOf(tx, ids)])
  const known = new Map(named.map((parcel) => [parcel.id, parcel]))
  return ids.map((subjectId) => {
    const parcel = known.get(subjectId)
    const others = (companions.get(subjectId) ?? []).map(({ orderId }) => orderId)
    return { subjectId, orderIds: parcel ? [parcel.orderId, ...others] : [], parcel }
  })
}

const namedOrders = async (tx: MerchantTx, ids: readonly string[]): Promise<Subject[]> => {
  const company = await companyOf(tx, ids)
  const orderIdsOf = (id: string): readonly string[] => company.get(id) ?? [id]
  const live = await liveParcelsOf(tx, [...new Set(ids.flatMap(orderIdsOf))])
  const liveOf = new Map(live.map((parcel) => [parcel.orderId, parcel]))
  return ids.map((subjectId) => {
    const orderIds = orderIdsOf(subjectId)
    return { subjectId, orderIds, parcel: orderIds.map((id) => liveOf.get(id)).find((parcel) => parcel !== undefined) }
  })
}

const leftOutOf = ({ subject }: PaperRow, { subjectId, order, parcel }: Item, reason: LeftOutReason): LeftOut => ({
  orderId: order?.id ?? (subject === 'order' ? subjectId : null),
  parcelId: subject === 'parcel' ? subjectId : order && parcel ? parcel.id : null,
  number: order?.number ?? null,
  reason,
})

/** What came of the items so far. */
interface Tally {
  readonly leftOut: LeftOut[]
  readonly parcels: { readonly id: string; readonly orderId: string }[]
  readonly picked: PickedLine[]
  /** Orders that are on the picking list, or lead a parcel that has its page. */
  readonly done: Set<string>
  printed: number
}

/** The pages of some items; what a picking list needs of them is kept for its end. */
const pagesOf = (printing: Printing, row: PaperRow, items: readonly Item[], tally: Tally): PaperContent[] =>
  items.flatMap((item): PaperContent[] => {
    if (row.kind === 'picking') {
      if (!item.order) {
        tally.leftOut.push(leftOutOf(row, item, 'not_found'))
        return []
      }
      tally.printed += 1
      for (const order of [item.order, ...item.companions]) {
        // What travels in two parcels, or was asked for with its company, is picked once.
        if (tally.done.has(order.id)) continue
        tally.done.add(order.id)
        const own = item.lines.filter(({ orderId }) => orderId === order.id)
        tally.picked.push(...own.map((line) => ({ ...line, orderNumber: order.number })))
      }
      return []
    }
    const content = row.kind === 'label' ? labelOf(printing, item) : slipOf(printing, item)
    if (typeof content === 'string') {
      tally.leftOut.push(leftOutOf(row, item, content))
      return []
    }
    tally.printed += 1
    // Orders in one parcel have one page, whichever of them were chosen.
    if (item.companions.length > 0 && item.order && row.subject === 'order') {
      if (tally.done.has(item.order.id)) return []
      tally.done.add(item.order.id)
    }
    if (row.kind === 'label' && item.parcel) tally.parcels.push(item.parcel)
    return [content]
  })

const pickingPage = ({ merchant, day }: Printing, { picked, done }: Tally): PaperContent => ({
  kind: 'picking',
  merchant,
  day,
  orderCount: done.size,
  rows: pickingOf(picked),
})

/** Says how far the paper is; false when somebody has stopped it. */
const tell = (ctx: Ctx, id: string, done: number, { printed, leftOut }: Tally): Promise<boolean> =>
  ctx.transaction(async (tx) => {
    const row = await findPaper(tx, id, { locked: true })
    if (row?.status !== 'running') return false
    await savePaper(tx, id, { doneCount: done, printedCount: printed, leftOut })
    tx.outbox.changes.push({ noun: 'paper', id })
    return true
  })

/** Draws all of a paper; null when it was stopped on the way. */
const drawAll = async (printing: Printing, row: PaperRow, paper: PaperUnderWay): Promise<Tally | null> => {
  const { ctx } = printing
  const tally: Tally = { leftOut: [], parcels: [], picked: [], done: new Set(), printed: 0 }
  for (let done = 0; done < row.subjectIds.length; done += batch) {
    const items = await readItems(ctx, row, row.subjectIds.slice(done, done + batch))
    const pages = pagesOf(printing, row, items, tally)
    if (pages.length > 0) await paper.draw(pages)
    if (!(await tell(ctx, row.id, Math.min(done + batch, row.subjectIds.length), tally))) return null
  }
  if (row.kind === 'picking' && tally.printed > 0) await paper.draw([pickingPage(printing, tally)])
  return tally
}

/** Ends a paper that is still running; what follows from that is one transaction with it. False when it was stopped. */
const settle = (
  ctx: Ctx,
  id: string,
  change: PaperChange & { readonly status: PaperRow['status'] },
  parcels: Tally['parcels'] = [],
): Promise<boolean> =>
  ctx.transaction(async (tx) => {
    const row = await findPaper(tx, id, { locked: true })
    if (row?.status !== 'running') return false
    await savePaper(tx, id, change)
    await markPrinted(ctx, tx, parcels, row.memberId)
    ctx.record(tx, {
      type: `paper.${change.status}`,
      subject: { kind: 'paper', id },
      before: { status: 'running' },
      after: { status: change.status, printed: change.printedCount ?? 0, pages: change.pages ?? null },
    })
    return true
  })

/** What the member may see now decides what is printed, not what they could when they asked. */
const printingFor = async (base: JobCtx, { memberId }: PaperRow): Promise<Printing | null> => {
  const actor = await base.read((tx) => actorOfMember(tx, memberId))
  if (!actor?.role?.permissions.has('parcels.edit')) return null
  const ctx = base.inMerchant(base.merchantId, actor)
  return { ctx, merchant: await ctx.read(merchantName), day: dayOf(base.now) }
}

/** A killed process leaves no half file: the next one begins anew, and the name exists only when the file is whole. */
const printPaper: Handlers['papers.print'] = async (ctx, { paperId }) => {
  const row = await ctx.read((tx) => findPaper(tx, paperId))
  if (row?.status !== 'running') return
  const printing = await printingFor(ctx, row)
  if (!printing) return void (await settle(ctx, paperId, { status: 'failed', problem: 'auth.forbidden' }))
  const file = await ctx.files.begin(keptName(row))
  const paper = ctx.ports.papers.begin({ ...row, path: file.path })
  const giveUp = async (): Promise<void> => {
    paper.abandon()
    // A leftover goes with the expired files; why there is no paper is what counts.
    await file.drop().catch(() => undefined)
  }
  try {
    const tally = await drawAll(printing, row, paper)
    if (!tally) return await giveUp()
    const { printed: printedCount, leftOut } = tally
    const doneCount = row.subjectIds.length
    if (printedCount === 0) {
      await giveUp()
      const problem = 'paper.nothing_to_print'
      return void (await settle(printing.ctx, paperId, { status: 'failed', problem, doneCount, leftOut }))
    }
    const { pages } = await paper.finish()
    const bytes = await file.keep()
    const expiresAt = expiryFrom(ctx.clock())
    const rights = rightsOf(printing.ctx.actor)
    const change = { status: 'ready', doneCount, printedCount, leftOut, pages, bytes, rights, expiresAt } as const
    if (!(await settle(printing.ctx, paperId, change, tally.parcels))) await ctx.files.remove(keptName(row))
  } catch (error) {
    await giveUp()
    if (!ctx.job.lastAttempt) throw error
    await settle(ctx, paperId, { status: 'failed', problem: 'server.failed' })
    throw new GiveUp('paper.not_ready', error instanceof Error ? error.message : String(error))
  }
}

/** How long it is known that a paper was printed. */
const knownDays = 30

const removeExpired: Handlers['schedule.papers'] = async (ctx) => {
  for (const row of await ctx.platform((tx) => findExpired(tx, ctx.now.toISOString()))) {
    await ctx.files.remove(keptName(row))
    await ctx.platform((tx) => markExpired(tx, row))
  }
  const before = new Date(ctx.now.getTime() - knownDays * 86_400_000).toISOString()
  await ctx.platform((tx) => removeOldPapers(tx, before))
}

export const paperJobs = {
  'papers.print': printPaper,
  'schedule.papers': removeExpired,
} satisfies Partial<Handlers>
