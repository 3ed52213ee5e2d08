import { setTimeout as pause } from 'node:timers/promises'
import type { JobCtx } from '../../context.ts'
import type { Handlers } from '../../jobs/engine.ts'
import { enqueueRun } from './bulk.commands.ts'
import { findOperation, removeOldOperations } from './bulk.queries.ts'
import { finish, runChunk } from './chunks.commands.ts'

/** A job ends after this long and goes on as a new one, so that a process that stops never waits for thousands of rows. */
const turnMilliseconds = 4_000
/** How often the screens of orders are told while an operation runs: each time they read their lists anew. */
const toldEvery = 1_000
/** The share of its own time for which an operation rests between chunks: whoever works meanwhile comes first. */
const restShare = 1

/** What became of each row is kept this long. */
const keptDays = 30

const runOperation: Handlers['bulk.run'] = async (ctx, { operationId }) => {
  const began = performance.now()
  let told = began
  let untold = false
  const row = await ctx.read((tx) => findOperation(tx, operationId))
  const rehearsal = row?.action === 'ship' && row.dryRun
  for (;;) {
    const chunkBegan = performance.now()
    const { over, changed } = await runChunk(ctx, operationId, { rehearsal })
    untold ||= changed
    const now = performance.now()
    const late = now - began > turnMilliseconds
    if (untold && (over || late || now - told > toldEvery)) {
      await tellOrders(ctx)
      told = now
      untold = false
    }
    if (over) return
    if (late) return ctx.transaction(async (tx) => enqueueRun(ctx, tx, operationId))
    await pause((now - chunkBegan) * restShare)
  }
}

const tellOrders = (ctx: JobCtx): Promise<void> =>
  ctx.transaction(async (tx) => void tx.outbox.changes.push({ noun: 'order', id: null }))

/** The last try has failed: the operation ends where it is, and what it did can be undone. */
const giveUp = (ctx: JobCtx, operationId: string): Promise<void> =>
  ctx.transaction(async (tx) => {
    const row = await findOperation(tx, operationId, { locked: true })
    if (row && row.status !== 'done' && row.status !== 'stopped') await finish(ctx, tx, row, 'stopped', 'server.failed')
  })

export const bulkJobs = {
  'bulk.run': async (ctx, payload) => {
    try {
      await runOperation(ctx, payload)
    } catch (error) {
      if (ctx.job.lastAttempt) await giveUp(ctx, payload.operationId)
      throw error
    }
  },
  'schedule.bulk': async (ctx) => {
    const before = new Date(ctx.now.getTime() - keptDays * 86_400_000).toISOString()
    await ctx.platform((tx) => removeOldOperations(tx, before))
  },
} satisfies Partial<Handlers>
