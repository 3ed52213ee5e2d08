import type { FastifyInstance, FastifyReply } from 'fastify'
import { playProvider } from '../provider.ts'
import { nextId, type World } from '../world.ts'
import { errorBody, refuse } from './answers.ts'
import { filledCardsFault } from './carousels.ts'
import { follow, isTooFast } from './conversing.ts'
import { aboutFile, fileFault, fileRoutes } from './files.ts'
import { partOf } from './parts.ts'
import { type Buyer, buyerOf, type PlayedNumber, type SentMessage } from './state.ts'
import { templateRoutes } from './templates.ts'
import { valuesFault } from './texts.ts'
import { isConfirmed } from './webhook.ts'

type Body = Readonly<Record<string, unknown>>
type Call = { Params: { id: string }; Body: Body | undefined }

/** Everything of integrations.md 4 below `/whatsapp`: Meta's graph, as far as the Cloud API goes. */
export const whatsappRoutes = (app: FastifyInstance, world: World): void => {
  playProvider(app, world, {
    provider: 'whatsapp',
    changes: ({ method }) => method !== 'GET',
    succeeded: (status) => status === 200,
    refusals: {
      http_401: { status: 401, body: errorBody(190) },
      http_429: { status: 400, body: errorBody(130_429, 'Rate limit hit') },
      http_500: { status: 500, body: errorBody(131_000) },
    },
  })
  app.addHook('onRequest', async (request, reply) => {
    // Uploads know the token by its older word.
    if (!/^(?:Bearer|OAuth) demo(-[\w-]+)?$/.test(request.headers.authorization ?? '')) return refuse(reply, 190)
  })
  accountRoutes(app, world)
  templateRoutes(app, world)
  fileRoutes(app, world)
  app.post<Call>('/:id/messages', (request, reply) => take(world, request.params.id, request.body ?? {}, reply))
}

const numbersOf = (world: World, accountId: string): readonly PlayedNumber[] =>
  [...world.state.whatsapp.numbers.values()].filter((number) => number.accountId === accountId)

const accountRoutes = (app: FastifyInstance, world: World): void => {
  const shown = (number: PlayedNumber) => ({
    id: number.id,
    display_phone_number: number.displayPhone,
    verified_name: number.verifiedName,
    quality_rating: number.quality,
    messaging_limit_tier: number.limitTier,
    code_verification_status: 'VERIFIED',
  })
  app.get<Call>('/:id', ({ params, host }, reply) => {
    const file = world.state.whatsapp.files.get(params.id)
    if (file) return aboutFile(file, host, reply)
    const number = world.state.whatsapp.numbers.get(params.id)
    return number ? shown(number) : refuse(reply, 100)
  })
  app.get<Call>('/:id/phone_numbers', ({ params }, reply) => {
    const numbers = numbersOf(world, params.id)
    return numbers.length > 0 ? { data: numbers.map(shown), paging: { cursors: {} } } : refuse(reply, 100)
  })
  app.get<Call>('/:id/subscribed_apps', ({ params }) => {
    const hook = world.state.whatsapp.hooks.get(params.id)
    return { data: hook ? [{ whatsapp_business_api_data: { id: '1', name: 'Sendocki' } }] : [] }
  })
  app.post<Call>('/:id/subscribed_apps', async ({ params, body = {} }, reply) => {
    if (numbersOf(world, params.id).length === 0) return refuse(reply, 100)
    const { override_callback_uri: url, verify_token: verifyToken } = body
    if (typeof url !== 'string') return { success: true }
    if (!(await isConfirmed(world, url, String(verifyToken))))
      return refuse(reply, 100, 'The callback could not be verified.')
    world.state.whatsapp.hooks.set(params.id, { url, verifyToken: String(verifyToken), secret: 'demo' })
    return { success: true }
  })
  app.delete<Call>('/:id/subscribed_apps', ({ params }) => {
    world.state.whatsapp.hooks.delete(params.id)
    return { success: true }
  })
}

/** A buyer by phone, or by Meta's id of a person. */
const personIn = (world: World, { to, recipient }: Body): Buyer | undefined => {
  if (typeof to === 'string' && /^\+?\d{6,15}$/.test(to)) return buyerOf(world.state.whatsapp, to.replace('+', ''))
  return [...world.state.whatsapp.buyers.values()].find(({ userId }) => userId === recipient)
}

/** As much text as a message takes, with its values. */
const bodyLongest = 1_024

/** Why a template cannot be sent so; null when it can. */
const templateFault = (world: World, number: PlayedNumber, { template }: Body): number | null => {
  const { name, language, components } = (template ?? {}) as Body
  const found = [...world.state.whatsapp.templates.values()].find(
    (one) =>
      one.accountId === number.accountId && one.name === name && one.language === (language as Body | undefined)?.code,
  )
  if (found?.status !== 'APPROVED')
    return found?.status === 'PAUSED' ? 132_015 : found?.status === 'DISABLED' ? 132_016 : 132_001
  const fault = valuesFault(partOf(found.components, 'BODY'), partOf(components, 'BODY'), bodyLongest)
  return fault ?? filledCardsFault(world, found.components, components)
}

const take = (world: World, numberId: string, body: Body, reply: FastifyReply) => {
  const { whatsapp } = world.state
  const number = whatsapp.numbers.get(numberId)
  if (!number) return refuse(reply, 100)
  if (body.messaging_product !== 'whatsapp') return refuse(reply, 100, 'messaging_product is required')
  const buyer = personIn(world, body)
  if (!buyer) return refuse(reply, 131_009, 'The recipient is not valid')
  if (buyer.refusedWith !== null) return refuse(reply, buyer.refusedWith)
  const text = (body.text as Body | undefined)?.body
  if (body.type === 'text' && (typeof text !== 'string' || text.length > 4_096)) return refuse(reply, 100)
  const fault = body.type === 'template' ? templateFault(world, number, body) : null
  if (fault !== null) return refuse(reply, fault)
  if (body.type !== 'text' && body.type !== 'template') {
    const wrong = fileFault(world, String(body.type), body[String(body.type)])
    if (wrong !== null) return refuse(reply, wrong)
  }
  if (isTooFast(world, numberId, buyer.phone)) return refuse(reply, 131_056)
  const own = body.biz_opaque_callback_data
  const message: SentMessage = {
    ...{ id: `wamid.OUT${nextId(world)}`, numberId, to: buyer.phone, body },
    ownId: typeof own === 'string' ? own : null,
    at: world.now().toISOString(),
    status: 'accepted',
  }
  whatsapp.messages.set(message.id, message)
  follow(world, number, message)
  return {
    messaging_product: 'whatsapp',
    contacts: [{ input: buyer.phone, wa_id: buyer.phone }],
    messages: [{ id: message.id, message_status: 'accepted' }],
  }
}
