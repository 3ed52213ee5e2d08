import { cityKeyOf } from '@sendocki/domain/orders/arrival'
import { cityById } from '@sendocki/domain/places/cities'
import { resolveCity } from '@sendocki/domain/places/matching'
import type { CitySpelling, CitySpellingQuery, CreateCitySpelling } from '@sendocki/domain/places/spelling'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { brokeUnique } from '../../db/client.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { readBySpelling, spelledAtOnce, unreadSpelling } from '../orders/index.ts'
import {
  findShown,
  forget,
  insertSpelling,
  listSpellings,
  lockSpelling,
  type ShownSpelling,
  type SpellingRow,
} from '../spellings/index.ts'

const answerOf = ({ cityId, ...row }: ShownSpelling): CitySpelling => ({
  ...row,
  city: { id: cityId, name: cityById.get(cityId)?.fr ?? cityId },
})

const readBack = async (tx: MerchantTx, id: string): Promise<CitySpelling> => {
  const row = await findShown(tx, id)
  if (!row) throw new Refused('city_spelling.not_found')
  return answerOf(row)
}

export const readSpellings = (ctx: Ctx, { limit = 50, cursor }: CitySpellingQuery) =>
  ctx.read(async (tx) => {
    const [after = null] = decodeCursor('city_spellings', cursor, 1) ?? []
    const rows = await listSpellings(tx, after === null ? null : String(after), limit)
    return pageOf(rows, limit, 'city_spellings', ({ id }) => [id], answerOf)
  })

/** A spelling that means nothing yet. What the table of cities reads, or what several cities are called, is no such one. */
const keyOfOpen = (text: string): string => {
  const match = resolveCity(text)
  const key = cityKeyOf(text)
  if (key === null || match.kind === 'exact')
    throw new Refused('request.invalid', undefined, [{ path: 'text', code: 'wrong_format' }])
  if (match.kind === 'suggested' && match.candidates.some(({ because }) => because === 'homonym'))
    throw new Refused('city_spelling.homonym')
  return key
}

/**
 * Says which city a spelling means. The orders that wait under it are read at once, the rest by a job, and those that
 * come are read so when they arrive. It can be taken back.
 */
export const createSpelling = (ctx: Ctx, { text, city }: CreateCitySpelling): Promise<CitySpelling> => {
  if (!cityById.has(city)) throw new Refused('order.city_unknown', undefined, [{ path: 'city', code: 'unknown_city' }])
  const key = keyOfOpen(text)
  return ctx.transaction(async (tx) => {
    const id = ctx.newId()
    const row = { id, key, text: text.trim(), cityId: city, createdAt: ctx.now.toISOString() }
    await insertSpelling(tx, row).catch((error: unknown) => {
      throw brokeUnique(error, 'city_spellings_key') ? new Refused('city_spelling.taken') : error
    })
    ctx.record(tx, {
      type: 'city_spelling.learned',
      subject: { kind: 'city_spelling', id },
      after: { text: row.text, cityId: city },
    })
    await readSome(ctx, tx, id)
    return readBack(tx, id)
  })
}

const load = async (tx: MerchantTx, id: string): Promise<SpellingRow> => {
  const row = await lockSpelling(tx, id)
  if (!row || row.forgottenAt !== null) throw new Refused('city_spelling.not_found')
  return row
}

const enqueue = (ctx: Ctx, tx: MerchantTx, job: 'tray.read_spelling' | 'tray.unread_spelling', id: string): void =>
  ctx.enqueue(tx, job, { merchantId: ctx.merchantId, spellingId: id }, { key: `${job}/${id}` })

/** Reads the next orders that wait under a spelling, if it is still known. */
const readSome = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<void> => {
  const row = await lockSpelling(tx, id)
  if (!row || row.forgottenAt !== null) return
  if ((await readBySpelling(ctx, tx, row)) === spelledAtOnce) enqueue(ctx, tx, 'tray.read_spelling', id)
}

const unreadSome = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<void> => {
  if ((await unreadSpelling(ctx, tx, id)) === spelledAtOnce) enqueue(ctx, tx, 'tray.unread_spelling', id)
}

/** Takes a spelling back: it is forgotten, and the orders read by it wait for their city again. */
export const undoSpelling = (ctx: Ctx, id: string): Promise<CitySpelling> =>
  ctx.transaction(async (tx) => {
    await load(tx, id)
    await forget(tx, id, ctx.now.toISOString())
    await unreadSome(ctx, tx, id)
    ctx.record(tx, { type: 'city_spelling.undone', subject: { kind: 'city_spelling', id } })
    return readBack(tx, id)
  })

/** Forgets a spelling: orders that come are asked about again, those that were read keep their city. */
export const forgetSpelling = (ctx: Ctx, id: string): Promise<void> =>
  ctx.transaction(async (tx) => {
    await load(tx, id)
    await forget(tx, id, ctx.now.toISOString())
    ctx.record(tx, { type: 'city_spelling.forgotten', subject: { kind: 'city_spelling', id } })
  })

export const readRest = (ctx: Ctx, id: string): Promise<void> => ctx.transaction((tx) => readSome(ctx, tx, id))
export const unreadRest = (ctx: Ctx, id: string): Promise<void> => ctx.transaction((tx) => unreadSome(ctx, tx, id))
