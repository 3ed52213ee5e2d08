import type { Readable } from 'node:stream'
import type { Language } from '@sendocki/domain/language'
import { type CreatePaper, type Paper, type PaperKind, type PaperSize, paperHours } from '@sendocki/domain/papers/paper'
import { Refused } from '@sendocki/domain/result'
import { type Actor, type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { viewerOf } from '../parcels/index.ts'
import { reachesAny } from './facts.queries.ts'
import { countRunning, findPaper, insertPaper, type PaperRow, savePaper } from './papers.queries.ts'

/** One person's papers under way at once. */
const mostRunning = 3

const viewOf = (row: PaperRow): Paper => ({
  id: row.id,
  kind: row.kind,
  size: row.size,
  language: row.language,
  status: row.status,
  total: row.subjectIds.length,
  done: row.doneCount,
  printed: row.printedCount,
  leftOut: [...row.leftOut],
  pages: row.pages,
  bytes: row.bytes,
  problem: row.problem,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
})

/** The name under which the file is kept. */
export const keptName = ({ merchantId, id }: Pick<PaperRow, 'merchantId' | 'id'>): string =>
  `papers/${merchantId}/${id}.pdf`

/** What a role lets its holder see on a paper. */
export const rightsOf = ({ role }: Actor): string =>
  role === null ? 'all' : JSON.stringify([[...role.masks].sort(), [...role.scope].sort()])

const refuseField = (path: string, code: string): never => {
  throw new Refused('request.invalid', undefined, [{ path, code }])
}

const subjectOf = ({ orderIds, parcelIds }: CreatePaper): Pick<PaperRow, 'subject' | 'subjectIds'> => {
  if (orderIds && parcelIds) return refuseField('parcelIds', 'unknown')
  if (orderIds) return { subject: 'order', subjectIds: orderIds }
  return parcelIds ? { subject: 'parcel', subjectIds: parcelIds } : refuseField('orderIds', 'missing')
}

const sizeOf = (kind: PaperKind, size: PaperSize | undefined): PaperSize => {
  if (kind === 'label') return size ?? '100x150'
  return size === '100x150' ? refuseField('size', 'not_in_list') : 'a4'
}

/** Asks for a paper; a job draws it, as whoever asked may see the orders then. */
export const askPaper = (ctx: Ctx, input: CreatePaper, language: Language): Promise<Paper> => {
  const subject = subjectOf(input)
  const size = sizeOf(input.kind, input.size)
  return ctx.transaction(async (tx) => {
    const memberId = memberOf(ctx)
    if ((await countRunning(tx, memberId)) >= mostRunning)
      throw new Refused('paper.too_many_open', { most: mostRunning })
    // Some that are missing are left out and said; when all are, there is nothing to print.
    if (!(await reachesAny(tx, viewerOf(ctx), subject.subject, subject.subjectIds)))
      throw new Refused(subject.subject === 'order' ? 'order.not_found' : 'parcel.not_found')
    const row: PaperRow = {
      merchantId: tx.merchantId,
      id: ctx.newId(),
      memberId,
      kind: input.kind,
      size,
      language: input.language ?? language,
      ...subject,
      status: 'running',
      doneCount: 0,
      printedCount: 0,
      leftOut: [],
      pages: null,
      bytes: null,
      rights: null,
      problem: null,
      createdAt: ctx.now.toISOString(),
      expiresAt: null,
    }
    await insertPaper(tx, row)
    ctx.enqueue(tx, 'papers.print', { merchantId: ctx.merchantId, paperId: row.id }, { key: `papers.print:${row.id}` })
    ctx.record(tx, {
      type: 'paper.asked',
      subject: { kind: 'paper', id: row.id },
      data: { kind: row.kind, size, language: row.language, count: row.subjectIds.length },
    })
    return viewOf(row)
  })
}

/** A paper belongs to whoever asked for it. */
const found = async (ctx: Ctx, tx: MerchantTx, id: string, { locked = false } = {}): Promise<PaperRow> => {
  const row = await findPaper(tx, id, { locked })
  if (!row || row.memberId !== ctx.actor.memberId) throw new Refused('paper.not_found')
  return row
}

export const readPaper = (ctx: Ctx, id: string): Promise<Paper> =>
  ctx.read(async (tx) => viewOf(await found(ctx, tx, id)))

/** Stops a paper under way; the job sees it before its next batch and leaves no file. */
export const cancelPaper = (ctx: Ctx, id: string): Promise<Paper> =>
  ctx.transaction(async (tx) => {
    const row = await found(ctx, tx, id, { locked: true })
    if (row.status !== 'running') throw new Refused('paper.settled', { status: row.status })
    await savePaper(tx, id, { status: 'cancelled' })
    ctx.record(tx, {
      type: 'paper.cancelled',
      subject: { kind: 'paper', id },
      before: { status: row.status },
      after: { status: 'cancelled' },
    })
    return viewOf({ ...row, status: 'cancelled' })
  })

export interface PaperFile {
  readonly stream: Readable
  readonly bytes: number
  readonly name: string
}

const fileNames: Record<Language, Record<PaperKind, string>> = {
  fr: { label: 'etiquettes', slip: 'bordereaux', picking: 'preparation' },
  en: { label: 'labels', slip: 'packing-slips', picking: 'picking-list' },
  ar: { label: 'labels', slip: 'packing-slips', picking: 'picking-list' },
}

/** The file, for its day, and only while its reader may still see all that is on it. Each download is journalled. */
export const openPaper = async (ctx: Ctx, id: string): Promise<PaperFile> => {
  const row = await ctx.read((tx) => found(ctx, tx, id))
  if (row.status !== 'ready' || (row.expiresAt !== null && row.expiresAt <= ctx.now.toISOString()))
    throw new Refused('paper.not_ready', { status: row.status === 'ready' ? 'expired' : row.status })
  if (row.rights !== rightsOf(ctx.actor)) throw new Refused('paper.rights_changed')
  const file = await ctx.files.read(keptName(row))
  if (!file) throw new Refused('paper.not_ready', { status: 'expired' })
  await ctx.transaction(async (tx) => {
    ctx.record(tx, { type: 'paper.downloaded', subject: { kind: 'paper', id }, quiet: true })
  })
  return { ...file, name: `${fileNames[row.language][row.kind]}-${row.createdAt.slice(0, 10)}.pdf` }
}

/** Until when a file finished at an instant is kept. */
export const expiryFrom = (now: Date): string => new Date(now.getTime() + paperHours * 3_600_000).toISOString()
