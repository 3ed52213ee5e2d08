import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { rawRequestOf } from '../../http/hooks.ts'
import { hookCarriers, receiveCarrierDelivery } from './hooks.commands.ts'

/** Where carriers deliver their news, one address an account. The answer tells that it is kept, and nothing else. */
export const carrierHooksRoutes = (hooks: Api): void => {
  for (const carrier of hookCarriers) {
    hooks.post(
      `/hooks/${carrier}/:accountId`,
      {
        config: { permission: 'public', idempotency: 'none' },
        schema: {
          operationId: `receive${carrier.charAt(0).toUpperCase()}${carrier.slice(1)}Delivery`,
          tags: ['Hooks'],
          summary: 'News of a parcel, kept before it is read',
          params: Type.Object({ accountId: Type.String({ maxLength: 200 }) }),
          response: { 200: Type.Object({}), ...problems },
        },
      },
      async (req) => {
        await receiveCarrierDelivery(req.publicCtx, carrier, req.params.accountId, rawRequestOf(req))
        return {}
      },
    )
  }
}
