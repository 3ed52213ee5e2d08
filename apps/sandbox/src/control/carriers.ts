import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { recordStatus } from '../sendit/parcels.ts'

import { tellStatus } from '../sendit/webhook.ts'
import type { World } from '../world.ts'
import { refuse, told } from './answers.ts'

const Address = Type.String({ format: 'uri', pattern: '^https?://', maxLength: 2000 })
const Secret = Type.String({ minLength: 1, maxLength: 500 })

const ParcelCall = Type.Object(
  {
    /** The carrier's own word; any text, because carriers invent words. */
    status: Type.String({ minLength: 1, maxLength: 60 }),
    comment: Type.Optional(Type.String({ maxLength: 500 })),
    at: Type.Optional(Type.String({ maxLength: 40, description: 'ISO 8601' })),
    proofImage: Type.Optional(Type.String({ maxLength: 2000 })),
    deliverBy: Type.Optional(Type.String({ maxLength: 120 })),
    /** Tells this address alone instead of the webhooks of the panel. */
    webhookUrl: Type.Optional(Address),
    webhookSecret: Type.Optional(Secret),
    unsigned: Type.Optional(Type.Boolean()),
    /** Recorded, and nobody told: for what only polling can find. */
    silent: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

const PanelCall = Type.Object(
  {
    url: Address,
    secretKey: Type.Optional(Secret),
    unsigned: Type.Optional(Type.Boolean()),
    account: Type.Optional(Type.String({ maxLength: 80 })),
  },
  { additionalProperties: false },
)

const SettingsCall = Type.Object(
  {
    labelSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
    /** Ids of districts that are no longer served; replaces the list. */
    goneDistricts: Type.Optional(Type.Array(Type.Integer(), { maxItems: 1000 })),
  },
  { additionalProperties: false },
)

/** What a carrier can be made to say, and its panel. Source: api.md 3, integrations.md 1.8 and 1.9. */
export const carrierControls = (app: FastifyInstance, world: World): void => {
  app.post<{ Params: { trackingNumber: string }; Body: Static<typeof ParcelCall> }>(
    '/control/parcels/:trackingNumber',
    { schema: { body: ParcelCall } },
    async ({ params, body }, reply) => {
      const parcel = world.state.sendit.parcels.get(params.trackingNumber)
      if (!parcel) return refuse(reply, 404, `No carrier here knows the parcel ${params.trackingNumber}.`)
      const at = body.at === undefined ? null : new Date(body.at)
      if (at && Number.isNaN(at.getTime())) return refuse(reply, 400, 'at must be a time such as 2026-11-20T10:00:00Z.')
      const changed = recordStatus(world, parcel, { status: body.status, comment: body.comment ?? null, at })
      const { proofImage = null, deliverBy = 'Livreur Test', webhookUrl: url, webhookSecret, unsigned } = body
      const only = url === undefined ? null : { url, secretKey: unsigned ? null : (webhookSecret ?? 'demo') }
      const news = { ...changed, message: body.comment ?? null, proofImage, deliverBy }
      const deliveries = body.silent ? [] : await tellStatus(world, parcel, news, only)
      return { parcel, deliveries: told(deliveries) }
    },
  )

  app.post<{ Body: Static<typeof PanelCall> }>(
    '/control/sendit/webhook',
    { schema: { body: PanelCall } },
    ({ body: { url, secretKey, unsigned, account = 'demo' } }) => {
      const { webhooks } = world.state.sendit
      const others = webhooks.filter((one) => one.url !== url || one.account !== account)
      webhooks.splice(0, webhooks.length, ...others, {
        account,
        url,
        secretKey: unsigned ? null : (secretKey ?? 'demo'),
      })
      return { items: webhooks }
    },
  )

  app.delete<{ Querystring: { url?: string } }>('/control/sendit/webhook', ({ query }) => {
    const { webhooks } = world.state.sendit
    const left = query.url === undefined ? [] : webhooks.filter(({ url }) => url !== query.url)
    webhooks.splice(0, webhooks.length, ...left)
    return { items: webhooks }
  })

  app.post<{ Body: Static<typeof SettingsCall> }>(
    '/control/sendit/settings',
    { schema: { body: SettingsCall } },
    ({ body }) => {
      const { sendit } = world.state
      sendit.labelSeconds = body.labelSeconds ?? sendit.labelSeconds
      if (body.goneDistricts) {
        sendit.goneDistricts.clear()
        for (const id of body.goneDistricts) sendit.goneDistricts.add(id)
      }
      return { labelSeconds: sendit.labelSeconds, goneDistricts: [...sendit.goneDistricts] }
    },
  )
}
