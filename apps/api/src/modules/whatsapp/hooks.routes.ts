import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { rawRequestOf } from '../../http/hooks.ts'
import { confirmHook, createHookMemory, receiveDelivery } from './hooks.commands.ts'

const tags = ['Hooks']
const config = { permission: 'public', idempotency: 'none' } as const
const params = Type.Object({ numberId: Type.String({ maxLength: 200 }) })
/** Meta sends batches of up to three megabytes. Source: integrations.md 4.3. */
const bytesMax = 3_145_728

/** Where Meta delivers, one address a number. The answer tells that the delivery is kept, and nothing else. */
export const whatsappHooksRoutes = (hooks: Api): void => {
  const memory = createHookMemory()
  hooks.get(
    '/hooks/whatsapp/:numberId',
    {
      config,
      schema: {
        operationId: 'confirmWhatsAppHook',
        tags,
        summary: 'Meta asks whether this address is the merchant’s: the challenge, for who knows the verify token',
        params,
        produces: ['text/plain'],
        response: { 200: Type.String(), ...problems },
      } as never,
    },
    async (req, reply) => {
      const { numberId } = req.params as { numberId: string }
      const challenge = await confirmHook(req.publicCtx, numberId, rawRequestOf(req).query)
      return reply.type('text/plain; charset=utf-8').serializer(String).send(challenge)
    },
  )
  hooks.post(
    '/hooks/whatsapp/:numberId',
    {
      config,
      bodyLimit: bytesMax,
      schema: {
        operationId: 'receiveWhatsAppDelivery',
        tags,
        summary: 'Messages, statuses and news of templates, kept before they are read',
        params,
        response: { 200: Type.Object({}), ...problems },
      },
    },
    async (req) => {
      await receiveDelivery(req.publicCtx, memory, req.params.numberId, rawRequestOf(req))
      return {}
    },
  )
}
