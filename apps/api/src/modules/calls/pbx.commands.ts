import type { IncomingCallList, PbxCreated, PbxState } from '@sendocki/domain/calls/pbx'
import { Refused } from '@sendocki/domain/result'
import type { RawDelivery } from '../../adapters/stores/port.ts'
import { type Ctx, memberOf, type PublicCtx, systemActor } from '../../context.ts'
import { randomToken } from '../../secrets.ts'
import { storeInbound } from '../inbound/index.ts'
import { endUnopened, findHookOwner, findPbxHook, livePbxCalls, putPbxHook, removePbxHook } from './pbx.queries.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const place = (merchantId: string, id: string): string => `${merchantId}/pbx_hook/${id}`
const urlOf = ({ config }: PublicCtx, id: string): string => `${config.appUrl}/hooks/pbx/${id}`

/** Where the merchant's exchange posts, if it does. */
export const readPbx = (ctx: Ctx): Promise<PbxState> =>
  ctx.read(async (tx) => {
    const row = await findPbxHook(tx)
    if (!row) return { hook: null }
    return { hook: { url: urlOf(ctx, row.id), createdAt: row.createdAt, lastEventAt: row.lastEventAt } }
  })

/** Makes the address and its secret, or new ones in the place of the old, which stop at once. */
export const connectPbx = (ctx: Ctx): Promise<PbxCreated> =>
  ctx.transaction(async (tx) => {
    const [id, secret, createdAt] = [ctx.newId(), randomToken(), ctx.now.toISOString()]
    await putPbxHook(tx, {
      ...{ id, createdAt, lastEventAt: null },
      secret: ctx.secrets.seal(secret, place(ctx.merchantId, id)),
    })
    await endUnopened(tx, createdAt)
    ctx.record(tx, { type: 'pbx_hook.created', subject: { kind: 'pbx_hook', id } })
    return { url: urlOf(ctx, id), createdAt, lastEventAt: null, secret }
  })

/** Nothing is heard of the exchange from now on. */
export const disconnectPbx = (ctx: Ctx): Promise<null> =>
  ctx.transaction(async (tx) => {
    const id = await removePbxHook(tx)
    if (id === undefined) throw new Refused('pbx_hook.not_found')
    await endUnopened(tx, ctx.now.toISOString())
    ctx.record(tx, { type: 'pbx_hook.removed', subject: { kind: 'pbx_hook', id } })
    return null
  })

/** What a delivery to nobody is checked against, so that it takes the work of a real one. */
const nobody = randomToken()

const targetOf = async (ctx: PublicCtx, id: string) => {
  const found = uuid.test(id) ? await ctx.platform((tx) => findHookOwner(tx, id)) : undefined
  if (!found) return { merchantId: null, secret: nobody }
  return {
    merchantId: found.merchantId,
    secret: ctx.secrets.open(found.secret, place(found.merchantId, id)).toString('utf8'),
  }
}

/**
 * Stores a delivery of an exchange before anything is made of it. It is signed as our own hook for orders is; a wrong
 * signature, an old one and an unknown hook get one and the same refusal.
 */
export const receivePbx = async (ctx: PublicCtx, id: string, delivery: RawDelivery): Promise<void> => {
  const { merchantId, secret } = await targetOf(ctx, id)
  const ours = ctx.maps.stores.generic
  const verdict = ours?.verify(delivery, { secrets: [secret], unsigned: false }, ctx.now)
  if (merchantId === null || !ours || !verdict?.ok) throw new Refused('hook.refused')
  const { key, sentAt } = ours.head(delivery)
  const scoped = ctx.inMerchant(merchantId, systemActor('system', id, 'PBX'))
  await scoped.transaction((tx) =>
    storeInbound(scoped, tx, {
      ...{
        connectionKind: 'pbx',
        connectionId: id,
        deliveryKey: key,
        kind: 'hook',
        topic: 'call',
        trust: verdict.trust,
      },
      ...{ subject: null, subjectVersion: null, sentAt, body: delivery.body },
    }),
  )
}

/** Calls that come in now and wait for somebody to open them. */
export const readIncoming = (ctx: Ctx): Promise<IncomingCallList> =>
  ctx.read(async (tx) => ({
    items: (await livePbxCalls(tx, ctx.now)).flatMap(
      ({ status, memberId, customerId, customerName, orderCount, ...call }) =>
        status === 'ended'
          ? []
          : [
              {
                ...{ ...call, status },
                customer: customerId === null ? null : { id: customerId, name: customerName ?? '' },
                orderCount: orderCount ?? 0,
                isMine: memberId !== null && memberId === memberOf(ctx),
              },
            ],
    ),
  }))
