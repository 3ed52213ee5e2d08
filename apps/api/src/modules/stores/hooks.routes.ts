import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { rawRequestOf } from '../../http/hooks.ts'
import { takeKeys } from './consent.commands.ts'
import { createHookMemory, receiveAppDelivery, receiveDelivery } from './hooks.commands.ts'

const tags = ['Hooks']
const config = { permission: 'public', idempotency: 'none' } as const
const Name = Type.String({ maxLength: 60 })
const Stored = Type.Object({})

/** Where shops deliver. The answer tells that the delivery is kept, and nothing else. */
export const storeHooksRoutes = (hooks: Api): void => {
  const memory = createHookMemory()
  hooks.post(
    '/hooks/:platform/:storeId',
    {
      config,
      schema: {
        operationId: 'receiveShopDelivery',
        tags,
        summary: 'A delivery of one connected shop, kept before it is read',
        params: Type.Object({ platform: Name, storeId: Type.String({ maxLength: 200 }) }),
        response: { 200: Stored, ...problems },
      },
    },
    async (req) => {
      await receiveDelivery(req.publicCtx, memory, { ...req.params, delivery: rawRequestOf(req) })
      return {}
    },
  )
  hooks.post(
    '/hooks/:platform/:storeId/keys',
    {
      config,
      schema: {
        operationId: 'receiveShopKeys',
        tags,
        summary: "The keys that a shop's owner granted on its consent page, posted by the shop's own server",
        params: Type.Object({ platform: Name, storeId: Type.String({ maxLength: 200 }) }),
        response: { 200: Stored, ...problems },
      },
    },
    async (req) => {
      await takeKeys(req.publicCtx, { ...req.params, delivery: rawRequestOf(req) })
      return {}
    },
  )
  hooks.post(
    '/hooks/:platform',
    {
      config,
      schema: {
        operationId: 'receiveAppDelivery',
        tags,
        summary: "A delivery for the whole app: privacy topics, by the shop's name",
        params: Type.Object({ platform: Name }),
        response: { 200: Stored, ...problems },
      },
    },
    async (req) => {
      await receiveAppDelivery(req.publicCtx, memory, req.params.platform, rawRequestOf(req))
      return {}
    },
  )
}
