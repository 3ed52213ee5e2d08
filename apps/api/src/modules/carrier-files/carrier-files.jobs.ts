import type { Ctx } from '../../context.ts'
import type { Handlers } from '../../jobs/engine.ts'
import { applyRow } from '../parcels/index.ts'
import { lockFile, markDone, openRows, refuseRow, removeOldFiles, saveFile } from './carrier-files.queries.ts'

const batch = 50

/** Does the next rows of a running file; false when none is left. Rows and their marks are one transaction. */
const runSome = (ctx: Ctx, fileId: string): Promise<boolean> =>
  ctx.transaction(async (tx) => {
    const file = await lockFile(tx, fileId)
    if (file?.status !== 'running' || !file.operationId) return false
    const rows = await openRows(tx, fileId, batch)
    const done: number[] = []
    for (const { row, parcelId, effect } of rows) {
      const refusal = parcelId && effect ? await applyRow(ctx, tx, file.operationId, parcelId, effect) : null
      if (refusal === null) done.push(row)
      else await refuseRow(tx, fileId, row, refusal === 'parcel.tracking_taken' ? 'number_taken' : 'failed')
    }
    const now = ctx.clock().toISOString()
    await markDone(tx, fileId, done, now)
    const more = rows.length === batch
    if (!more) await saveFile(tx, fileId, { status: 'done', doneAt: now })
    ctx.record(tx, {
      type: more ? 'carrier_file.progressed' : 'carrier_file.done',
      subject: { kind: 'carrier_file', id: fileId },
      data: { rows: rows.length },
    })
    return more
  })

const run: Handlers['carrier_files.run'] = async (ctx, { fileId }) => {
  let more = true
  while (more) more = await runSome(ctx, fileId)
}

/** How long a carrier's file is kept. */
const keptDays = 30

const removeOld: Handlers['schedule.carrier_files'] = (ctx) =>
  ctx.platform((tx) => removeOldFiles(tx, new Date(ctx.now.getTime() - keptDays * 86_400_000).toISOString()))

export const carrierFileJobs = {
  'carrier_files.run': run,
  'schedule.carrier_files': removeOld,
} satisfies Partial<Handlers>
