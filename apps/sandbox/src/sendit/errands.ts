import { randomInt } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { World } from '../world.ts'
import { notFound, pageOf, refuse, success } from './answers.ts'
import { districtOf } from './districts.ts'
import { type Errors, recordStatus } from './parcels.ts'
import type { Errand, Parcel } from './state.ts'

type Body = Readonly<Record<string, unknown>>
interface Kind {
  readonly path: 'pickups' | 'returns'
  readonly prefix: string
  readonly required: (body: Body) => readonly string[]
  /** What asking for the errand does to its parcels. */
  readonly begin: (world: World, parcel: Parcel) => void
}

/** Pick-ups and returns that the merchant asks for. Source: integrations.md 1.6. */
export const errandRoutes = (app: FastifyInstance, world: World): void => {
  for (const kind of kinds) routesOf(app, world, kind)
}

const kinds: readonly Kind[] = [
  {
    path: 'pickups',
    prefix: 'PU',
    required: () => ['district_id', 'name', 'phone', 'address', 'note'],
    begin: (world, parcel) => {
      if (parcel.status === 'PENDING') recordStatus(world, parcel, { status: 'TO_PICKUP', comment: null, at: null })
    },
  },
  {
    path: 'returns',
    prefix: 'RT',
    required: ({ type }) => ['type', 'district_id', 'name', 'phone', ...(type === 'HOME' ? ['address'] : [])],
    begin: (world, parcel) => {
      if (parcel.status_return === 'RETOUR_PENDING')
        recordStatus(world, parcel, { status: 'TORETURN', comment: null, at: null })
    },
  },
]

const routesOf = (app: FastifyInstance, world: World, kind: Kind): void => {
  type CodeParams = { Params: { code: string } }
  const all = () => world.state.sendit[kind.path]
  const find = ({ params, account }: FastifyRequest<CodeParams>): Errand | undefined => {
    const errand = all().get(params.code)
    return errand?.account === account ? errand : undefined
  }
  app.get(`/${kind.path}`, (request) => {
    const own = [...all().values()].filter(({ account }) => account === request.account)
    return { success: true, message: '', ...pageOf(request, own.toReversed().map(errandShown)) }
  })
  app.post<{ Body: Body | undefined }>(`/${kind.path}`, (request, reply) => {
    const body = request.body ?? {}
    const errors = faultsOf(kind, body)
    if (errors) return refuse(reply, { kind: 'fields', errors })
    const codes = codesIn(body.deliveries)
    const missing = codes.filter((code) => world.state.sendit.parcels.get(code)?.account !== request.account)
    if (missing.length > 0)
      return refuse(reply, { kind: 'sentence', message: `Colis introuvable : ${missing.join(', ')}` })
    const errand: Errand = {
      account: request.account,
      code: `${kind.prefix}${randomInt(10_000_000, 99_999_999)}`,
      status: 'PENDING',
      created_at: world.now().toISOString(),
      body,
    }
    all().set(errand.code, errand)
    for (const code of codes) {
      const parcel = world.state.sendit.parcels.get(code)
      if (parcel) kind.begin(world, parcel)
    }
    return success('Demande enregistrée', errandShown(errand))
  })
  app.get<CodeParams>(`/${kind.path}/:code`, (request, reply) => {
    const errand = find(request)
    return errand ? success('', errandShown(errand)) : notFound(reply)
  })
  app.put<CodeParams & { Body: Body | undefined }>(`/${kind.path}/:code`, (request, reply) => {
    const errand = find(request)
    if (!errand) return notFound(reply)
    const body = { ...errand.body, ...request.body }
    const errors = faultsOf(kind, body)
    if (errors) return refuse(reply, { kind: 'fields', errors })
    errand.body = body
    return success('Demande modifiée', errandShown(errand))
  })
  app.delete<CodeParams>(`/${kind.path}/:code`, (request, reply) => {
    const errand = find(request)
    if (!errand) return notFound(reply)
    all().delete(errand.code)
    return success('Demande supprimée', null)
  })
}

const faultsOf = (kind: Kind, body: Body): Errors | null => {
  const errors: Record<string, string[]> = {}
  for (const field of kind.required(body))
    if (body[field] === undefined || body[field] === null || body[field] === '')
      errors[field] = [`Le champ ${field} est obligatoire.`]
  if (kind.path === 'returns' && body.type !== undefined && !['WAREHOUSE', 'HOME'].includes(String(body.type)))
    errors.type = ['Le champ type est invalide.']
  if (body.district_id !== undefined && !districtOf(Number(body.district_id)))
    errors.district_id = ['Le district est invalide.']
  return Object.keys(errors).length > 0 ? errors : null
}

const codesIn = (value: unknown): readonly string[] =>
  String(value ?? '')
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '')

const errandShown = ({ account: _account, body, ...errand }: Errand) => ({ ...body, ...errand })
