import { oneOf } from '@sendocki/domain/schema'
import { type ConsentReturnTo, storePlatforms } from '@sendocki/domain/stores/store'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { finishConsent } from './consent.commands.ts'

/** Lax, because the return from the platform's page is a navigation begun elsewhere. */
export const consentCookieName = '__Host-store-consent'

const screens: Record<ConsentReturnTo, string> = { settings: '/settings/stores', start: '/start?step=store' }

const Said = Type.Optional(Type.String({ maxLength: 2_000 }))

export const consentRoutes = (app: Api): void => {
  app.get(
    '/stores/oauth/:platform/callback',
    {
      config: { permission: 'public' },
      schema: {
        operationId: 'finishStoreConsent',
        tags: ['Stores'],
        summary: "The return from a platform's consent page; leads the browser back to the app",
        params: Type.Object({ platform: oneOf(storePlatforms) }),
        // The signature is over all of what came, so whatever else the platform adds is let through.
        querystring: Type.Object(
          { code: Said, state: Said, shop: Said, hmac: Said, error: Said, success: Said, user_id: Said },
          { additionalProperties: Type.String({ maxLength: 2_000 }) },
        ),
        response: {
          302: Type.Null({
            description: 'Location: the screen from which the browser left, with `result` and `store`',
          }),
          ...problems,
        },
      },
    },
    async (req, reply) => {
      const cookie = req.cookies[consentCookieName]
      const query = req.query as Readonly<Record<string, string | undefined>>
      const { platform } = req.params
      const { result, storeId, returnTo } = await finishConsent(req.publicCtx, { platform, query, cookie })
      const back = new URL(screens[returnTo], req.publicCtx.config.appUrl)
      back.searchParams.set('result', result)
      if (storeId) back.searchParams.set('store', storeId)
      reply.clearCookie(consentCookieName, { path: '/', secure: true })
      return reply.redirect(back.toString(), 302)
    },
  )
}
