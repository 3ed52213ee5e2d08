import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'

const folder = join(import.meta.dirname, '../../public')
const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['control.html', 'text/html; charset=utf-8'],
  '/mailbox/view': ['mailbox.html', 'text/html; charset=utf-8'],
  '/public/control.js': ['control.js', 'text/javascript; charset=utf-8'],
  '/public/mailbox.js': ['mailbox.js', 'text/javascript; charset=utf-8'],
  '/public/sandbox.css': ['sandbox.css', 'text/css; charset=utf-8'],
}

/** The control page, the mailbox and what they load. */
export const pageRoutes = (app: FastifyInstance): void => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'self'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
  })
  for (const [path, [file, type]] of Object.entries(files))
    app.get(path, async (_request, reply) => reply.type(type).send(await readFile(join(folder, file))))
}
