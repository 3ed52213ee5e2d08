import type { CallbackTime } from '@sendocki/domain/calls/call-schema'
import { readCallback } from '@sendocki/domain/calls/callback-words'
import type { Ctx } from '../../context.ts'
import { readCallSettings } from '../call-settings/index.ts'

/** The time that a buyer's words mean by the merchant's rules, to be shown for assent. */
export const readCallbackTime = (ctx: Ctx, text: string): Promise<CallbackTime> =>
  ctx.read(async (tx) => {
    const reading = readCallback(text, ctx.now, await readCallSettings(tx))
    if (reading.kind !== 'resolved')
      return {
        at: null,
        movedBecause: null,
        choices: reading.kind === 'asks' ? reading.choices.map((choice) => choice.toISOString()) : [],
      }
    return { at: reading.at.toISOString(), movedBecause: reading.moved?.because ?? null, choices: [] }
  })
