import { Refused } from '@sendocki/domain/result'
import {
  allChecks,
  type CreateWhatsAppNumber,
  dailyLimitOf,
  type EditWhatsAppNumber,
  type WhatsAppNumber,
  type WhatsAppNumberDetail,
} from '@sendocki/domain/whatsapp/number'
import type { Line } from '../../adapters/messaging/port.ts'
import type { Ctx, MerchantTx, World } from '../../context.ts'
import { brokeUnique } from '../../db/client.ts'
import { randomToken } from '../../secrets.ts'
import {
  findLine,
  findNumber,
  insertNumber,
  knownStores,
  listNumbers,
  type NumberRow,
  type NumberView,
  saveNumber,
  setStores,
} from './numbers.queries.ts'

/** What is kept encrypted of a number. */
export interface NumberSecrets {
  readonly accessToken: string
  readonly appSecret: string
  /** What Meta must say when it asks whether our address is the merchant's. */
  readonly verifyToken: string
}

const place = (merchantId: string, id: string) => `${merchantId}/whatsapp_numbers.credentials/${id}`

const seal = (ctx: Ctx, id: string, secrets: NumberSecrets): Buffer =>
  ctx.secrets.seal(JSON.stringify(secrets), place(ctx.merchantId, id))

export const openSecrets = (
  { secrets }: Pick<World, 'secrets'>,
  merchantId: string,
  id: string,
  sealed: Buffer,
): NumberSecrets => JSON.parse(secrets.open(sealed, place(merchantId, id)).toString('utf8')) as NumberSecrets

/** A number as the adapter calls it. */
export const lineOf = (ctx: Ctx, row: NumberRow): Line => ({
  lineId: row.phoneNumberId,
  businessAccountId: row.businessAccountId,
  accessToken: openSecrets(ctx, ctx.merchantId, row.id, row.credentials).accessToken,
})

export const webhookUrlOf = ({ config }: Pick<World, 'config'>, id: string): string =>
  `${config.appUrl}/hooks/whatsapp/${id}`

const viewOf = (row: NumberView): WhatsAppNumber => ({
  id: row.id,
  name: row.name,
  status: row.status,
  problem: row.problem,
  displayPhone: row.displayPhone,
  verifiedName: row.verifiedName,
  quality: row.quality,
  dailyLimit: dailyLimitOf(row.limitTier),
  pausedUntil: row.pausedUntil,
  storeIds: row.storeIds,
  createdAt: row.createdAt,
  version: row.version,
})

const detailIn = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<WhatsAppNumberDetail> => {
  const [row] = await listNumbers(tx, id)
  if (!row) throw new Refused('whatsapp_number.not_found')
  return {
    ...viewOf(row),
    phoneNumberId: row.phoneNumberId,
    businessAccountId: row.businessAccountId,
    webhookUrl: webhookUrlOf(ctx, id),
    verifyToken: openSecrets(ctx, ctx.merchantId, id, row.credentials).verifyToken,
    checks: allChecks(row.checks),
    checkedAt: row.checkedAt,
    webhookVerifiedAt: row.webhookVerifiedAt,
    lastEventAt: row.lastEventAt,
  }
}

export const readNumbers = (ctx: Ctx): Promise<{ items: WhatsAppNumber[] }> =>
  ctx.read(async (tx) => ({ items: (await listNumbers(tx)).map(viewOf) }))

export const readNumber = (ctx: Ctx, id: string): Promise<WhatsAppNumberDetail> =>
  ctx.read((tx) => detailIn(ctx, tx, id))

const enqueueChecks = (ctx: Ctx, tx: MerchantTx, numberId: string): void =>
  ctx.enqueue(
    tx,
    'whatsapp.connect',
    { merchantId: ctx.merchantId, numberId },
    { key: `whatsapp.connect:${numberId}`, queue: `whatsapp:${numberId}` },
  )

/** Connects a line: each of the checks is run by a job; the answer says `connecting` and where Meta must deliver. */
export const createNumber = async (ctx: Ctx, input: CreateWhatsAppNumber): Promise<WhatsAppNumberDetail> => {
  try {
    return await ctx.transaction(async (tx) => {
      if (await findLine(tx, input.phoneNumberId)) throw new Refused('whatsapp_number.already_there')
      const id = ctx.newId()
      const { name, phoneNumberId, businessAccountId, accessToken, appSecret } = input
      await insertNumber(tx, {
        ...{ id, name, phoneNumberId, businessAccountId },
        credentials: seal(ctx, id, { accessToken, appSecret, verifyToken: randomToken() }),
        ...{ status: 'connecting', problem: null, displayPhone: null, verifiedName: null, quality: 'unknown' },
        ...{ limitTier: null, checks: [], pausedUntil: null, checkedAt: null, webhookVerifiedAt: null },
        ...{ lastEventAt: null, createdAt: ctx.now.toISOString() },
      })
      ctx.record(tx, {
        type: 'whatsapp_number.created',
        subject: { kind: 'whatsapp_number', id },
        after: { name, phoneNumberId, businessAccountId },
      })
      enqueueChecks(ctx, tx, id)
      return detailIn(ctx, tx, id)
    })
  } catch (error) {
    if (brokeUnique(error, 'whatsapp_numbers_line')) throw new Refused('whatsapp_number.already_there')
    throw error
  }
}

const numberAt = async (ctx: Ctx, tx: MerchantTx, id: string, version?: number): Promise<NumberRow> => {
  const row = await findNumber(tx, id)
  if (!row) throw new Refused('whatsapp_number.not_found')
  if (version !== undefined && row.version !== version)
    throw new Refused('whatsapp_number.changed_meanwhile', { current: await detailIn(ctx, tx, id) })
  return row
}

export const editNumber = (ctx: Ctx, id: string, input: EditWhatsAppNumber): Promise<WhatsAppNumberDetail> =>
  ctx.transaction(async (tx) => {
    const row = await numberAt(ctx, tx, id, input.version)
    const { storeIds, accessToken, appSecret, name } = input
    if (storeIds && (await knownStores(tx, storeIds)).length !== storeIds.length) throw new Refused('store.not_found')
    const reconnects = accessToken !== undefined || appSecret !== undefined
    const kept = openSecrets(ctx, ctx.merchantId, id, row.credentials)
    const secrets = { ...kept, ...(accessToken ? { accessToken } : {}), ...(appSecret ? { appSecret } : {}) }
    const saved = await saveNumber(tx, id, row.version, {
      ...(name === undefined ? {} : { name }),
      ...(reconnects ? { credentials: seal(ctx, id, secrets), status: 'connecting', problem: null } : {}),
    })
    if (!saved) throw new Refused('whatsapp_number.changed_meanwhile', { current: await detailIn(ctx, tx, id) })
    if (storeIds) await setStores(tx, id, storeIds)
    const changed = Object.keys(input).filter((field) => field !== 'version')
    ctx.record(tx, {
      type: 'whatsapp_number.edited',
      subject: { kind: 'whatsapp_number', id },
      before: { name: row.name },
      after: { name: name ?? row.name, changed },
    })
    if (reconnects) enqueueChecks(ctx, tx, id)
    return detailIn(ctx, tx, id)
  })

/** Runs the checks again; what waited for the number goes on by itself when they pass. */
export const testNumber = (ctx: Ctx, id: string): Promise<WhatsAppNumberDetail> =>
  ctx.transaction(async (tx) => {
    const row = await numberAt(ctx, tx, id)
    if (row.status === 'disconnected') throw new Refused('whatsapp_number.not_ready', { status: row.status })
    await saveNumber(tx, id, row.version, { status: 'connecting', problem: null })
    ctx.record(tx, { type: 'whatsapp_number.tested', subject: { kind: 'whatsapp_number', id } })
    enqueueChecks(ctx, tx, id)
    return detailIn(ctx, tx, id)
  })

/** Nothing more is sent from here nor taken; conversations stay readable. New keys connect it again. */
export const disconnectNumber = (ctx: Ctx, id: string): Promise<WhatsAppNumberDetail> =>
  ctx.transaction(async (tx) => {
    const row = await numberAt(ctx, tx, id)
    if (row.status !== 'disconnected') {
      await saveNumber(tx, id, row.version, { status: 'disconnected', problem: null })
      await setStores(tx, id, [])
      ctx.record(tx, {
        type: 'whatsapp_number.disconnected',
        subject: { kind: 'whatsapp_number', id },
        before: { status: row.status },
        after: { status: 'disconnected' },
      })
    }
    return detailIn(ctx, tx, id)
  })
