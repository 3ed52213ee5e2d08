import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { escapeHtml, pageOf } from '../html.ts'
import { callbackSignature } from '../signatures.ts'
import type { World } from '../world.ts'
import { type Grant, type Shop, shopOf } from './state.ts'

type Parameters = Readonly<Record<string, string | undefined>>
interface Asked {
  readonly clientId: string
  readonly scope: string
  readonly redirectUri: string
  readonly state: string
}

const codeMilliseconds = 10 * 60_000
const refreshSeconds = 90 * 24 * 3600

/** The consent page, which needs a click, and the token endpoint. Source: integrations.md 3.1. */
export const oauthRoutes = (app: FastifyInstance, world: World): void => {
  app.get<{ Params: { shop: string }; Querystring: Parameters }>('/:shop/admin/oauth/authorize', (request, reply) => {
    const shop = shopOf(world, request.params.shop)
    const asked = askedOf(world, request.query)
    reply.type('text/html; charset=utf-8')
    if (!shop) return reply.code(404).send(refusalPage("Cette boutique n'existe pas."))
    if (typeof asked === 'string') return reply.code(400).send(refusalPage(asked))
    return consentPage(shop, asked)
  })

  app.post<{ Params: { shop: string }; Body: Parameters }>('/:shop/admin/oauth/authorize', (request, reply) => {
    const shop = shopOf(world, request.params.shop)
    const asked = askedOf(world, request.body ?? {})
    reply.type('text/html; charset=utf-8')
    if (!shop) return reply.code(404).send(refusalPage("Cette boutique n'existe pas."))
    if (typeof asked === 'string') return reply.code(400).send(refusalPage(asked))
    if (request.body?.choice !== 'install')
      return refusalPage("Vous avez refusé. Rien n'a été installé. Vous pouvez fermer cette page.")
    return reply.redirect(callbackUrl(world, shop, asked), 302)
  })

  app.post<{ Params: { shop: string }; Body: Parameters }>('/:shop/admin/oauth/access_token', (request, reply) => {
    const shop = shopOf(world, request.params.shop)
    if (!shop) return reply.code(404).send({ errors: 'Not Found' })
    const answer = tokenAnswer(world, shop, request.body ?? {})
    if (typeof answer === 'string')
      return reply.code(400).send({ error: answer, error_description: descriptions[answer] ?? answer })
    return answer
  })
}

const descriptions: Readonly<Record<string, string>> = {
  invalid_client: 'The client id or secret is wrong.',
  invalid_grant: 'The authorization code was not found or was already used.',
  invalid_request: 'The refresh token was not found or was already used.',
}

/** What the app asks for, or the sentence that says why it cannot be asked. */
const askedOf = (world: World, parameters: Parameters): Asked | string => {
  const { client_id: clientId = '', scope = '', redirect_uri: redirectUri = '', state = '' } = parameters
  if (!world.appSecrets.has(clientId)) return 'Application inconnue : client_id ne correspond à aucune application.'
  if (!URL.canParse(redirectUri) || !/^https?:$/.test(new URL(redirectUri).protocol))
    return 'redirect_uri doit être une adresse complète.'
  return { clientId, scope, redirectUri, state }
}

const consentPage = (shop: Shop, { clientId, scope, redirectUri, state }: Asked): string => {
  const hidden = Object.entries({ client_id: clientId, scope, redirect_uri: redirectUri, state })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('')
  const scopes = scope
    .split(',')
    .filter((one) => one.trim() !== '')
    .map((one) => `<li><code>${escapeHtml(one.trim())}</code></li>`)
    .join('')
  return pageOf(
    `Installer une application – ${shop.name}`,
    `<p class="banner">Bac à sable : cette page joue le rôle de Shopify.</p>
<h1>${escapeHtml(shop.name)}</h1>
<p>L'application <strong>${escapeHtml(new URL(redirectUri).host)}</strong> demande l'accès à la boutique
<bdi>${escapeHtml(shop.domain)}</bdi> :</p>
<ul>${scopes || '<li>aucun droit demandé</li>'}</ul>
<form method="post">${hidden}
<button class="primary" name="choice" value="install">Installer l'application</button>
<button name="choice" value="refuse">Refuser</button>
</form>`,
  )
}

const refusalPage = (sentence: string): string =>
  pageOf('Installation', `<h1>Installation</h1><p>${escapeHtml(sentence)}</p>`)

const callbackUrl = (world: World, shop: Shop, { clientId, scope, redirectUri, state }: Asked): string => {
  const code = randomBytes(16).toString('hex')
  const now = world.now().getTime()
  world.state.shopify.codes.set(code, { shop: shop.domain, clientId, scope, expiresAt: now + codeMilliseconds })
  const parameters = {
    code,
    host: Buffer.from(`${shop.domain}/admin`).toString('base64url'),
    shop: shop.domain,
    ...(state ? { state } : {}),
    timestamp: String(Math.floor(now / 1000)),
  }
  const url = new URL(redirectUri)
  const secret = world.appSecrets.get(clientId) ?? ''
  for (const [name, value] of Object.entries({ ...parameters, hmac: callbackSignature(secret, parameters) }))
    url.searchParams.set(name, value)
  return url.href
}

const tokenAnswer = (world: World, shop: Shop, body: Parameters): Readonly<Record<string, unknown>> | string => {
  const { codes, refreshTokens } = world.state.shopify
  const { client_id: clientId = '', client_secret: secret = '', grant_type: grantType } = body
  if (!world.appSecrets.has(clientId) || world.appSecrets.get(clientId) !== secret) return 'invalid_client'
  if (grantType === 'refresh_token') {
    const grant = spend(world, refreshTokens, body.refresh_token, shop, clientId)
    return grant ? issue(world, grant, true) : 'invalid_request'
  }
  const grant = spend(world, codes, body.code, shop, clientId)
  if (!grant) return 'invalid_grant'
  shop.installedBy = clientId
  shop.installedAt = world.now().getTime()
  return issue(world, grant, String(body.expiring) === '1')
}

/** Codes and refresh tokens open once. */
const spend = (
  world: World,
  grants: Map<string, Grant>,
  key: string | undefined,
  shop: Shop,
  clientId: string,
): Grant | undefined => {
  const grant = grants.get(key ?? '')
  if (!key || !grant || grant.shop !== shop.domain || grant.clientId !== clientId) return undefined
  grants.delete(key)
  return grant.expiresAt === null || grant.expiresAt > world.now().getTime() ? grant : undefined
}

const issue = (world: World, { shop, clientId, scope }: Grant, expiring: boolean) => {
  const { accessTokens, refreshTokens, tokenSeconds } = world.state.shopify
  const now = world.now().getTime()
  const accessToken = `shpat_${randomBytes(16).toString('hex')}`
  const expiresAt = expiring ? now + tokenSeconds * 1000 : null
  accessTokens.set(accessToken, { shop, clientId, scope, expiresAt })
  if (!expiring) return { access_token: accessToken, scope }
  const refreshToken = `shprt_${randomBytes(16).toString('hex')}`
  refreshTokens.set(refreshToken, { shop, clientId, scope, expiresAt: now + refreshSeconds * 1000 })
  return {
    access_token: accessToken,
    scope,
    expires_in: tokenSeconds,
    refresh_token: refreshToken,
    refresh_token_expires_in: refreshSeconds,
  }
}
