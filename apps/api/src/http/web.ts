import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { Refused } from '@sendocki/domain/result'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './problem.ts'

/**
 * Serves the built app from the same port: files by their hash for a year, prebuilt brotli or gzip, and the one page
 * for every address that is not a file, the API's or the hooks'.
 */
export const registerWeb = async (app: FastifyInstance, webDir: string): Promise<void> => {
  const page = join(webDir, 'index.html')
  const built = existsSync(page)
  if (built)
    await app.register(fastifyStatic, {
      root: webDir,
      wildcard: false,
      index: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        const forever = path.includes('/assets/')
        reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  const html = built ? await readFile(page, 'utf8') : ''
  app.setNotFoundHandler((req, reply) => {
    const path = req.url.split('?')[0] ?? ''
    const isPage =
      built &&
      req.method === 'GET' &&
      !/^\/(api|hooks|docs|health|metrics|assets)(\/|$)/.test(path) &&
      !/\/\.|\.[a-z0-9]+$/i.test(path)
    if (!isPage) return sendProblem(req, reply, new Refused('request.not_found').refusal)
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html)
  })
}
