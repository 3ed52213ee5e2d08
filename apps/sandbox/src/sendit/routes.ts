import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { playProvider } from '../provider.ts'
import type { World } from '../world.ts'
import { notFound, pageOf, refuse, success } from './answers.ts'
import { districtOf, districtShown, districts, searchDistricts } from './districts.ts'
import { errandRoutes } from './errands.ts'
import { labelRoutes } from './labels.ts'
import { changeParcel, createParcel, deleteParcel, parcelShown, refusalOf, searchParcels } from './parcels.ts'
import type { Parcel } from './state.ts'
import { statusLabels } from './statuses.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Public key of the account whose token came with the call. */
    account: string
  }
}

const secretKey = 'demo'

/** Everything of integrations.md 1 below `/sendit/api/v1`. */
export const senditRoutes = (app: FastifyInstance, world: World): void => {
  app.decorateRequest('account', '')
  playProvider(app, world, {
    provider: 'sendit',
    changes: ({ method, url }) => method !== 'GET' && !/\/(login|deliveries\/getlabels)(\?|$)/.test(url),
    succeeded: (status, body) => status === 200 && body.startsWith('{"success":true'),
    refusals: {
      http_401: { status: 401, body: { message: 'Unauthenticated.' } },
      http_422: {
        status: 422,
        body: { message: 'Les données sont invalides.', errors: { phone: ['Le format du champ phone est invalide.'] } },
      },
      refused: { status: 200, body: { success: false, message: "Une erreur est survenue, l'opération est refusée." } },
    },
  })
  loginRoute(app, world)
  app.register(async (known) => {
    known.addHook('onRequest', async (request, reply) => {
      const account = accountOf(world, request)
      if (account === undefined) return reply.code(401).send({ message: 'Unauthenticated.' })
      request.account = account
    })
    parcelRoutes(known, world)
    labelRoutes(known, world)
    placeRoutes(known, world)
    errandRoutes(known, world)
  })
}

/** Keys `demo` or `demo-…` with the secret `demo` open an account each. */
const loginRoute = (app: FastifyInstance, world: World): void => {
  app.post<{ Body: Readonly<Record<string, unknown>> | undefined }>('/login', (request, reply) => {
    const { public_key: publicKey, secret_key: secret } = request.body ?? {}
    const known = typeof publicKey === 'string' && /^demo(-[\w-]{1,60})?$/.test(publicKey) && secret === secretKey
    const { sendit } = world.state
    if (!known || sendit.keysRevoked)
      return reply.code(401).send({ success: false, message: 'Les identifiants sont incorrects.' })
    const token = `${randomBytes(4).readUInt32BE()}|${randomBytes(20).toString('hex')}`
    sendit.tokens.set(token, { account: publicKey, expiresAt: world.now().getTime() + sendit.tokenSeconds * 1000 })
    return success('Connexion réussie', { token, name: 'Boutique Démo' })
  })
}

const accountOf = (world: World, request: FastifyRequest): string | undefined => {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const session = token === undefined ? undefined : world.state.sendit.tokens.get(token)
  return session && session.expiresAt > world.now().getTime() ? session.account : undefined
}

type CodeParams = { Params: { code: string } }
type BodyOf = { Body: Readonly<Record<string, unknown>> | undefined }

const parcelRoutes = (app: FastifyInstance, world: World): void => {
  const find = ({ params, account }: FastifyRequest<CodeParams>): Parcel | undefined => {
    const parcel = world.state.sendit.parcels.get(params.code)
    return parcel?.account === account ? parcel : undefined
  }
  app.get<{ Querystring: { querystring?: string } }>('/deliveries', (request) => {
    const found = searchParcels(world, request.account, request.query.querystring ?? '')
    return { success: true, message: '', ...pageOf(request, found.map(parcelShown)) }
  })
  app.post<BodyOf>('/deliveries', (request, reply) => {
    const body = request.body ?? {}
    const refusal = refusalOf(world, body)
    return refusal
      ? refuse(reply, refusal)
      : success('Colis créé', parcelShown(createParcel(world, request.account, body)))
  })
  app.get<CodeParams>('/deliveries/:code', (request, reply) => {
    const parcel = find(request)
    return parcel ? success('', parcelShown(parcel)) : notFound(reply)
  })
  app.put<CodeParams & BodyOf>('/deliveries/:code', (request, reply) => {
    const parcel = find(request)
    if (!parcel) return notFound(reply)
    const refusal = changeParcel(world, parcel, request.body ?? {})
    return refusal ? refuse(reply, refusal) : success('Colis modifié', parcelShown(parcel))
  })
  app.delete<CodeParams>('/deliveries/:code', (request, reply) => {
    const parcel = find(request)
    if (!parcel) return notFound(reply)
    const refusal = deleteParcel(world, parcel)
    return refusal ? refuse(reply, refusal) : success('Colis supprimé', null)
  })
  app.get('/all-status-deliveries', () => success('', statusLabels))
}

const packagings = [
  { id: 1, name: 'Enveloppe', price: '2' },
  { id: 2, name: 'Petit carton', price: 4 },
  { id: 3, name: 'Grand carton', price: '7' },
]

const placeRoutes = (app: FastifyInstance, world: World): void => {
  const served = ({ id }: { readonly id: number }) => !world.state.sendit.goneDistricts.has(id)
  app.get<{ Querystring: { querystring?: string; 'pickup-district'?: string } }>('/districts', (request) => {
    const pickup = districtOf(Number(request.query['pickup-district']))
    const found = searchDistricts(request.query.querystring ?? '').filter(served)
    const shown = found.map((district) => districtShown(district, pickup))
    return { success: true, message: '', ...pageOf(request, shown) }
  })
  app.get('/districts/pickup-cities', () =>
    success(
      '',
      districts.filter((one) => one.pickup_district === 1 && served(one)).map((one) => districtShown(one)),
    ),
  )
  app.get<{ Params: { id: string } }>('/districts/:id', (request, reply) => {
    const district = districtOf(Number(request.params.id))
    return district && served(district) ? success('', districtShown(district)) : notFound(reply)
  })
  app.get('/packagings', () => success('', packagings))
  app.get('/products', () => success('', []))
}
