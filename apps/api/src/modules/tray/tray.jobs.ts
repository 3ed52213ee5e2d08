import type { Handlers } from '../../jobs/engine.ts'
import { readRest, unreadRest } from './tray.commands.ts'

export const trayJobs = {
  'tray.read_spelling': (ctx, { spellingId }) => readRest(ctx, spellingId),
  'tray.unread_spelling': (ctx, { spellingId }) => unreadRest(ctx, spellingId),
} satisfies Partial<Handlers>
