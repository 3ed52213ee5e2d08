import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerOf } from '../graphql/answer.ts'
import { BadDocument, type Document, readDocument, type Selection } from '../graphql/document.ts'
import { playProvider } from '../provider.ts'
import type { World } from '../world.ts'
import { mutationRoot, queryRoot } from './graphql-root.ts'
import { oauthRoutes } from './oauth.ts'
import { type Grant, type Shop, shopOf } from './state.ts'
import { answeringVersion } from './versions.ts'

interface GraphqlBody {
  readonly query?: unknown
  readonly variables?: Readonly<Record<string, unknown>> | null
}

const maximumPoints = 2000
const pointsPerSecond = 100

/** Every `*.myshopify.com` below one base: consent, tokens and the Admin GraphQL API. Source: integrations.md 3.1. */
export const shopifyRoutes = (app: FastifyInstance, world: World): void => {
  playProvider(app, world, {
    provider: 'shopify',
    changes: ({ body }) => /^\s*mutation\b/.test(String((body as GraphqlBody | undefined)?.query ?? '')),
    succeeded: (status, body) => status === 200 && !body.startsWith('{"errors"'),
    refusals: {
      http_401: { status: 401, body: deadToken },
      throttled: { status: 200, body: throttled(0) },
    },
  })
  oauthRoutes(app, world)
  app.post<{ Params: { shop: string; version: string }; Body: GraphqlBody | undefined }>(
    '/:shop/admin/api/:version/graphql.json',
    async (request, reply) => {
      const shop = shopOf(world, request.params.shop)
      const version = answeringVersion(request.params.version, world.now())
      if (!shop || !version) return reply.code(404).send({ errors: 'Not Found' })
      const grant = grantOf(world, shop, request)
      if (!grant) return reply.code(401).send(deadToken)
      reply.header('x-shopify-api-version', version)
      return answer(world, shop, grant, request, reply)
    },
  )
}

const deadToken = {
  errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
}

const grantOf = (world: World, shop: Shop, request: FastifyRequest): Grant | undefined => {
  const token = request.headers['x-shopify-access-token']
  const grant = typeof token === 'string' ? world.state.shopify.accessTokens.get(token) : undefined
  if (!grant || grant.shop !== shop.domain) return undefined
  return grant.expiresAt === null || grant.expiresAt > world.now().getTime() ? grant : undefined
}

const answer = async (
  world: World,
  shop: Shop,
  grant: Grant,
  { body }: FastifyRequest<{ Body: GraphqlBody | undefined }>,
  reply: FastifyReply,
) => {
  if (typeof body?.query !== 'string') return reply.code(400).send({ errors: { query: 'Required parameter missing' } })
  try {
    const document = readDocument(body.query, body.variables ?? {})
    const cost = costOf(document)
    const left = pointsLeft(world, shop)
    if (cost > left) return throttled(left)
    shop.points = left - cost
    const root = document.operation === 'query' ? queryRoot : mutationRoot
    const data = await answerOf(root(world, shop, grant), document.fields)
    return { data, extensions: { cost: costShown(cost, shop.points) } }
  } catch (error) {
    if (!(error instanceof BadDocument)) throw error
    return { errors: [{ message: error.message, extensions: { code: 'invalidDocument' } }] }
  }
}

/** Ten points a mutation, two a connection and one for each row it may give: near enough to make a greedy client wait. */
const costOf = ({ operation, fields }: Document): number =>
  operation === 'mutation'
    ? 10
    : Math.max(
        1,
        fields.reduce((sum, field) => sum + fieldCost(field), 0),
      )

const fieldCost = (selection: Selection): number => {
  const inner = selection.fields.reduce((sum, field) => sum + fieldCost(field), 0)
  if (selection.kind === 'part') return inner
  const rows = Number(selection.arguments.first ?? 0)
  return rows > 0 ? 2 + Math.ceil(rows / 10) * (1 + Math.min(inner, 5)) : inner
}

const pointsLeft = (world: World, shop: Shop): number => {
  const now = world.now().getTime()
  const restored = ((now - shop.pointsAt) / 1000) * pointsPerSecond
  shop.pointsAt = now
  return Math.min(maximumPoints, shop.points + Math.max(0, restored))
}

const costShown = (cost: number, left: number) => ({
  requestedQueryCost: cost,
  actualQueryCost: cost,
  throttleStatus: {
    maximumAvailable: maximumPoints,
    currentlyAvailable: Math.floor(left),
    restoreRate: pointsPerSecond,
  },
})

function throttled(left: number) {
  return {
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
    extensions: { cost: { ...costShown(maximumPoints, left), actualQueryCost: null } },
  }
}
