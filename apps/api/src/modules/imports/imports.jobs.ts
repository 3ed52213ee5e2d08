import { setTimeout as pause } from 'node:timers/promises'
import type { JobCtx } from '../../context.ts'
import type { Handlers } from '../../jobs/engine.ts'
import { end, runChunk } from './chunks.commands.ts'
import { findImport, removeOldImports } from './imports.queries.ts'
import { abandon, enqueueWork, readOn } from './receiving.commands.ts'

/** A job ends after this long and goes on as a new one, so that a process that stops never waits for thousands of rows. */
const turnMilliseconds = 4_000
/** The share of its own time for which an import rests between chunks: whoever works meanwhile comes first. */
const restShare = 0.2

/** Rows and customers of a file are kept this long. */
const keptDays = 30

const workOn = async (ctx: JobCtx, importId: string): Promise<void> => {
  const began = performance.now()
  let changed = false
  for (;;) {
    const chunkBegan = performance.now()
    const chunk = await runChunk(ctx, importId)
    changed ||= chunk.changed
    const now = performance.now()
    const late = now - began > turnMilliseconds
    if (chunk.over || late)
      return ctx.transaction(async (tx) => {
        if (changed) for (const noun of ['customer', 'order']) tx.outbox.changes.push({ noun, id: null })
        if (!chunk.over) enqueueWork(ctx, tx, importId)
      })
    await pause((now - chunkBegan) * restShare)
  }
}

/** The last try has failed: the import ends where it is, and what it did can be undone. */
const giveUp = async (ctx: JobCtx, importId: string): Promise<void> => {
  const row = await ctx.read((tx) => findImport(tx, importId))
  if (row?.status === 'reading') return abandon(ctx, importId, 'server.failed')
  await ctx.transaction(async (tx) => {
    const stuck = await findImport(tx, importId, { locked: true })
    if (stuck?.status === 'trying') await end(ctx, tx, stuck, 'tried', 'server.failed')
    if (stuck?.status === 'running' || stuck?.status === 'undoing')
      await end(ctx, tx, stuck, 'stopped', 'server.failed')
  })
}

export const importJobs = {
  'imports.run': async (ctx, { importId }) => {
    try {
      const row = await ctx.read((tx) => findImport(tx, importId))
      if (!row) return
      await (row.status === 'reading' ? readOn(ctx, row) : workOn(ctx, importId))
    } catch (error) {
      if (ctx.job.lastAttempt) await giveUp(ctx, importId)
      throw error
    }
  },
  'schedule.imports': async (ctx) => {
    const before = new Date(ctx.now.getTime() - keptDays * 86_400_000).toISOString()
    while ((await ctx.platform((tx) => removeOldImports(tx, before))) > 0);
  },
} satisfies Partial<Handlers>
