import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { say } from '../whatsapp/conversing.ts'
import { fileKinds, fileMessage, type SentFile } from '../whatsapp/files.ts'
import { answers, type Buyer, buyerOf, demoNumber } from '../whatsapp/state.ts'
import { judgeTemplate } from '../whatsapp/templates.ts'
import { isConfirmed } from '../whatsapp/webhook.ts'
import type { World } from '../world.ts'
import { refuse, told } from './answers.ts'

const closed = { additionalProperties: false }
const Phone = Type.String({ pattern: '^\\+?[0-9]{6,15}$' })
const MetaId = Type.String({ pattern: '^[0-9]{5,32}$' })
const Code = Type.Union([Type.Integer(), Type.Null()])

const MessageCall = Type.Object(
  {
    from: Phone,
    /** The line's id at Meta, or its digits; the demo line without it. */
    to: Type.Optional(Type.String({ maxLength: 40 })),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 4_096 })),
    buttonPayload: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    /** Meta's own form of any other message. */
    raw: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    /** A file: a photo, a voice note or a page of the sandbox's own, unless its bytes are given. */
    media: Type.Optional(
      Type.Object(
        {
          kind: Type.Unsafe<SentFile['kind']>({ type: 'string', enum: [...fileKinds] }),
          type: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          base64: Type.Optional(Type.String({ minLength: 1, maxLength: 4_000_000 })),
          fileName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          caption: Type.Optional(Type.String({ minLength: 1, maxLength: 1_024 })),
          expired: Type.Optional(Type.Boolean()),
          claims: Type.Optional(Type.Integer({ minimum: 0 })),
          elsewhere: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })),
        },
        closed,
      ),
    ),
    quotes: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)

const BuyerCall = Type.Object(
  {
    phone: Phone,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    answer: Type.Optional(Type.Unsafe<Buyer['answer']>({ type: 'string', enum: [...answers] })),
    text: Type.Optional(Type.String({ maxLength: 500 })),
    hidesPhone: Type.Optional(Type.Boolean()),
    failsWith: Type.Optional(Code),
    refusedWith: Type.Optional(Code),
  },
  closed,
)

const NumberCall = Type.Object(
  {
    phoneNumberId: MetaId,
    businessAccountId: MetaId,
    displayPhone: Type.Optional(Phone),
    quality: Type.Optional(Type.String({ maxLength: 20 })),
    limitTier: Type.Optional(Type.String({ maxLength: 20 })),
  },
  closed,
)

const TemplateCall = Type.Object(
  {
    event: Type.Optional(Type.String({ maxLength: 40 })),
    reason: Type.Optional(Type.String({ maxLength: 120 })),
    category: Type.Optional(Type.String({ maxLength: 40 })),
    quality: Type.Optional(Type.String({ maxLength: 40 })),
  },
  closed,
)

const HookCall = Type.Object(
  {
    businessAccountId: Type.Optional(MetaId),
    url: Type.String({ format: 'uri', pattern: '^https?://', maxLength: 2_000 }),
    verifyToken: Type.String({ minLength: 1, maxLength: 200 }),
    appSecret: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  closed,
)

/** Buyers who write, Meta's reviewers, and the dashboard of the app. Source: api.md 3, integrations.md 4.10. */
export const whatsappControls = (app: FastifyInstance, world: World): void => {
  app.post<{ Body: Static<typeof MessageCall> }>(
    '/control/messages',
    { schema: { body: MessageCall } },
    async ({ body }, reply) => {
      const { numbers } = world.state.whatsapp
      const to = body.to ?? demoNumber.id
      const digits = to.replace(/\D/g, '')
      const number =
        numbers.get(to) ?? [...numbers.values()].find((one) => one.displayPhone.replace(/\D/g, '') === digits)
      if (!number) return refuse(reply, 404, `No WhatsApp line here is ${to}.`)
      const buyer = buyerOf(world.state.whatsapp, body.from.replace('+', ''))
      const { text, buttonPayload: payload, quotes, media } = body
      const raw = media ? fileMessage(world, media) : body.raw
      if (raw === null) return refuse(reply, 400, `The sandbox has no ${media?.kind} of its own: give its bytes.`)
      const said = { ...(text ? { text } : {}), ...(payload ? { payload } : {}), ...(quotes ? { quotes } : {}) }
      return { deliveries: told(await say(world, number, buyer, raw ? { ...said, raw } : said)) }
    },
  )
  app.post<{ Body: Static<typeof BuyerCall> }>(
    '/control/whatsapp/buyers',
    { schema: { body: BuyerCall } },
    ({ body: { phone, ...rest } }) => Object.assign(buyerOf(world.state.whatsapp, phone.replace('+', '')), rest),
  )
  app.post<{ Body: Static<typeof NumberCall> }>(
    '/control/whatsapp/numbers',
    { schema: { body: NumberCall } },
    ({ body: { phoneNumberId: id, businessAccountId: accountId, ...rest } }) => {
      const number = {
        ...{ id, accountId, verifiedName: 'Dar Argan', displayPhone: `+212 5 ${id.slice(-8)}` },
        ...{ quality: 'GREEN', limitTier: 'TIER_250' },
        ...rest,
      }
      world.state.whatsapp.numbers.set(id, number)
      return number
    },
  )
  app.post<{ Body: { hold?: boolean } }>('/control/whatsapp/templates', ({ body }) => {
    world.state.whatsapp.holdTemplates = body.hold === true
    return { hold: world.state.whatsapp.holdTemplates }
  })
  app.post<{ Params: { name: string }; Body: Static<typeof TemplateCall> }>(
    '/control/whatsapp/templates/:name',
    { schema: { body: TemplateCall } },
    async ({ params, body }, reply) => {
      const template = [...world.state.whatsapp.templates.values()].find(({ name }) => name === params.name)
      if (!template) return refuse(reply, 404, `No account here has a template ${params.name}.`)
      return { template, deliveries: told(await judgeTemplate(world, template, body)) }
    },
  )
  app.post<{ Body: Static<typeof HookCall> }>(
    '/control/whatsapp/webhook',
    { schema: { body: HookCall } },
    async ({ body }, reply) => {
      const { businessAccountId = demoNumber.accountId, url, verifyToken, appSecret: secret = 'demo' } = body
      if (!(await isConfirmed(world, url, verifyToken)))
        return refuse(reply, 400, 'That address did not give the challenge back.')
      world.state.whatsapp.hooks.set(businessAccountId, { url, verifyToken, secret })
      return { businessAccountId, url }
    },
  )
  app.get('/control/whatsapp', () => {
    const { numbers, templates, buyers, messages, hooks } = world.state.whatsapp
    const urls = [...hooks].map(([businessAccountId, { url }]) => ({ businessAccountId, url }))
    return {
      numbers: [...numbers.values()],
      templates: [...templates.values()],
      buyers: [...buyers.values()],
      messages: [...messages.values()],
      webhooks: urls,
    }
  })
}
