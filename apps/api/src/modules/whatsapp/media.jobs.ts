import { mediaBytes } from '@sendocki/domain/whatsapp/media'
import { MediaLost, MessagingRefused, MessagingUnavailable } from '../../adapters/messaging/port.ts'
import { type Handlers, TryLater } from '../../jobs/engine.ts'
import { noteConnection } from './failures.commands.ts'
import { settleMedia } from './media.commands.ts'
import { findMedia } from './media.queries.ts'
import { lineOf } from './numbers.commands.ts'
import { findNumber } from './numbers.queries.ts'

/** Fetches the bytes of what a buyer sent. Asking twice is harmless, so an outage is a reason to ask again. */
const fetchMedia: Handlers['whatsapp.fetch_media'] = async (ctx, { mediaId }) => {
  const found = await ctx.read(async (tx) => {
    const media = await findMedia(tx, mediaId)
    const number = media?.numberId ? await findNumber(tx, media.numberId) : undefined
    return { media, number }
  })
  const { media, number } = found
  if (media?.status !== 'waiting' || media.metaId === null || !number) return
  // Its number is to be connected again first, and then takes it up by itself.
  if (number.status === 'reconnect') return
  const fail = (problem: string) => settleMedia(ctx, mediaId, { problem })
  if (number.status === 'disconnected') return fail('media.unavailable')
  try {
    const file = { metaId: media.metaId, most: mediaBytes[media.kind] }
    await settleMedia(ctx, mediaId, { bytes: await ctx.ports.messaging.fetchFile(lineOf(ctx, number), file) })
  } catch (error) {
    if (error instanceof MediaLost) return fail(error.problem)
    const { failure } = error instanceof MessagingRefused ? error : { failure: null }
    if (failure?.action === 'reconnect') return ctx.transaction((tx) => noteConnection(ctx, tx, number, failure))
    if (failure && failure.action !== 'retry') return fail('media.unavailable')
    if (!failure && !(error instanceof MessagingUnavailable)) throw error
    if (ctx.job.lastAttempt) return fail('media.unavailable')
    if (failure?.seconds) throw new TryLater(failure.seconds, `Meta answered ${failure.code}.`, null)
    throw error
  }
}

export const mediaJobs = { 'whatsapp.fetch_media': fetchMedia } satisfies Partial<Handlers>
