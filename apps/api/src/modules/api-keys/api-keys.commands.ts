import { randomBytes } from 'node:crypto'
import {
  type ApiKey,
  type ApiKeyCreated,
  type ApiKeyQuery,
  type CreateApiKey,
  keyMark,
  liveKeysMax,
} from '@sendocki/domain/api-keys/api-key'
import { keyStatusOf, mayGiveKey } from '@sendocki/domain/api-keys/key-rules'
import { orRefuse, Refused } from '@sendocki/domain/result'
import { type Ctx, type MerchantTx, memberOf } from '../../context.ts'
import { hashKey, prefixLength } from '../../db/api-keys.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import {
  type ApiKeyRow,
  countLiveKeys,
  findApiKey,
  findRights,
  insertApiKey,
  listApiKeys,
  revokeKey,
} from './api-keys.queries.ts'

export const readApiKeys = (ctx: Ctx, { limit = 50, cursor, revoked = false }: ApiKeyQuery) =>
  ctx.read(async (tx) => {
    const [before = null] = decodeCursor('api-keys', cursor, 1) ?? []
    const rows = await listApiKeys(tx, { limit, before: before === null ? null : String(before), revoked })
    return pageOf(
      rows,
      limit,
      'api-keys',
      ({ id }) => [id],
      (row) => viewOf(ctx, row),
    )
  })

export const readApiKey = (ctx: Ctx, id: string): Promise<ApiKey> =>
  ctx.read(async (tx) => viewOf(ctx, await keyOr404(tx, id)))

/**
 * Makes a key and shows it, once: what is kept are its first signs and a hash. It gets a role that its maker could hold,
 * and never more than its maker has at the time of a request.
 */
export const createApiKey = (ctx: Ctx, input: Omit<CreateApiKey, 'password'>): Promise<ApiKeyCreated> => {
  const { name, roleId, expiresAt = null } = input
  if (expiresAt !== null && Date.parse(expiresAt) <= ctx.now.getTime())
    throw new Refused('request.invalid', undefined, [{ path: 'expiresAt', code: 'too_small' }])
  return ctx.transaction(async (tx) => {
    const createdBy = memberOf(ctx)
    const { maker, role } = await findRights(tx, createdBy, roleId)
    if (!role) throw new Refused('role.not_found')
    if (!maker) throw new Refused('auth.forbidden')
    orRefuse(mayGiveKey(maker, role))
    if ((await countLiveKeys(tx)) >= liveKeysMax) throw new Refused('api_key.too_many', { most: liveKeysMax })
    const id = ctx.newId()
    const key = newKey()
    await insertApiKey(tx, {
      ...{ id, name: name.trim(), roleId, createdBy, expiresAt },
      prefix: key.slice(0, prefixLength),
      hash: hashKey(key),
      createdAt: ctx.now.toISOString(),
    })
    ctx.record(tx, {
      type: 'api_key.created',
      subject: { kind: 'api_key', id },
      after: { name: name.trim(), roleId, roleKey: role.key, expiresAt },
    })
    return { ...viewOf(ctx, await keyOr404(tx, id)), key }
  })
}

/** Ends a key for good, felt at its next request. A second time nothing happens. */
export const revokeApiKey = (ctx: Ctx, id: string): Promise<null> =>
  ctx.transaction(async (tx) => {
    await keyOr404(tx, id)
    if (!(await revokeKey(tx, id, ctx.now.toISOString()))) return null
    ctx.record(tx, { type: 'api_key.revoked', subject: { kind: 'api_key', id } })
    ctx.dropSessions(tx, id)
    return null
  })

/** Its first signs are random too and tell which key it is; 32 further bytes make it one. */
const newKey = (): string => `${keyMark}${randomBytes(6).toString('hex')}_${randomBytes(32).toString('base64url')}`

const keyOr404 = async (tx: MerchantTx, id: string): Promise<ApiKeyRow> => {
  const row = await findApiKey(tx, id)
  if (!row) throw new Refused('api_key.not_found')
  return row
}

const viewOf = ({ now }: Ctx, { makerDisabledAt, ...row }: ApiKeyRow): ApiKey => ({
  ...row,
  status: keyStatusOf({ ...row, makerDisabledAt }, now),
})
