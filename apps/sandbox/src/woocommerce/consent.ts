import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { consentPage, sentencePage, withParameters } from '../shops/consent-page.ts'
import { shopNamed } from '../shops/storefront.ts'
import { nextId, type World } from '../world.ts'
import { woocommerceFront } from './front.ts'

type Parameters = Readonly<Record<string, string | undefined>>
const names = ['app_name', 'scope', 'user_id', 'return_url', 'callback_url'] as const
type Asked = Readonly<Record<(typeof names)[number], string>>

const handOverWithin = 10_000

/**
 * The page on which a site's owner grants keys; the site posts them to the call-back before it sends the browser back.
 * Source: integrations.md 3.3.
 */
export const authRoutes = (app: FastifyInstance, world: World): void => {
  const path = '/:site/wc-auth/v1/authorize'
  app.get<{ Params: { site: string }; Querystring: Parameters }>(path, ({ params, query }, reply) => {
    const asked = askedOf(query)
    const shop = shopNamed(world, woocommerceFront, params.site)
    reply.type('text/html; charset=utf-8')
    if (!shop) return reply.code(404).send(sentencePage("Ce site n'existe pas."))
    if (typeof asked === 'string') return reply.code(400).send(sentencePage(asked))
    return consentPage({
      platform: 'WooCommerce',
      app: asked.app_name,
      scopes: [asked.scope],
      shop: shop.name,
      chooses: false,
      hidden: asked,
    })
  })
  app.post<{ Params: { site: string }; Body: Parameters | undefined }>(path, async ({ params, body = {} }, reply) => {
    const asked = askedOf(body)
    const shop = shopNamed(world, woocommerceFront, params.site)
    reply.type('text/html; charset=utf-8')
    if (!shop) return reply.code(404).send(sentencePage("Ce site n'existe pas."))
    if (typeof asked === 'string') return reply.code(400).send(sentencePage(asked))
    const back = (success: '0' | '1') =>
      reply.redirect(withParameters(asked.return_url, { success, user_id: asked.user_id }), 302)
    if (body.choice !== 'install') return back('0')
    const [key, secret] = [`ck_${randomBytes(20).toString('hex')}`, `cs_${randomBytes(20).toString('hex')}`]
    const permissions = asked.scope === 'read' ? ('read' as const) : ('read_write' as const)
    world.state.woocommerce.keys.set(key, { secret, site: shop.name, permissions })
    const given = {
      key_id: nextId(world),
      user_id: asked.user_id,
      consumer_key: key,
      consumer_secret: secret,
      key_permissions: permissions,
    }
    if (!(await handOver(world, asked.callback_url, given))) {
      world.state.woocommerce.keys.delete(key)
      return reply.code(500).send(sentencePage("Les clés n'ont pas pu être remises. Rien n'a été autorisé."))
    }
    shop.installedBy = key
    shop.installedAt = world.now().getTime()
    return back('1')
  })
}

/** Https only, as the real page insists; this machine's own addresses are let through, where nothing has a certificate. */
const isSafe = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', 'api'].includes(hostname))
}

const askedOf = (parameters: Parameters): Asked | string => {
  const missing = names.find((name) => !parameters[name])
  if (missing) return `Le paramètre ${missing} manque.`
  const asked = Object.fromEntries(names.map((name) => [name, parameters[name]])) as Asked
  if (!['read', 'write', 'read_write'].includes(asked.scope)) return 'Le paramètre scope est inconnu.'
  if (!isSafe(asked.callback_url)) return "L'adresse callback_url doit être en https."
  return isSafe(asked.return_url) ? asked : "L'adresse return_url n'est pas valable."
}

const handOver = async (world: World, url: string, given: object): Promise<boolean> => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
      redirect: 'manual',
      signal: AbortSignal.any([world.stopping.signal, AbortSignal.timeout(handOverWithin)]),
    })
    await answer.body?.cancel()
    return answer.status === 200
  } catch {
    // Nobody listens there: the page says so.
    return false
  }
}
