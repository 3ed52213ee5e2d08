import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/** For what is never a page: data, problems, and answers that are given before any hook runs. */
export const bareHeaders = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'cache-control': 'no-store',
} as const

/** Strict headers on every answer, errors and `/docs` included. */
export const registerSecurity = async (app: FastifyInstance): Promise<void> => {
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Position and size of windowed rows are set by script as style attributes of elements, which CSP counts here.
        styleSrc: ["'self'"],
        styleSrcAttr: ["'unsafe-inline'"],
        // Files of conversations are fetched with the token and shown from memory.
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    crossOriginEmbedderPolicy: false,
  })
  app.addHook('onRequest', (req, reply, done) => {
    // A page's policy is long to write, and data is asked for a thousand times as often.
    if (isData(req.url)) void reply.headers(bareHeaders)
    else reply.helmet()
    done()
  })
}

const isData = (url: string): boolean => url.startsWith('/api/') || url.startsWith('/hooks/')
