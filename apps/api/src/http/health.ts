import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Database } from '../db/client.ts'

export interface Readiness {
  readonly migrated: () => boolean
  /** False once the process is asked to stop, or while its jobs do not run. */
  readonly jobsRunning: () => boolean
}

const answer = Type.Object({
  status: Type.String(),
  database: Type.Optional(Type.Boolean()),
  migrations: Type.Optional(Type.Boolean()),
  jobs: Type.Optional(Type.Boolean()),
})

/** `live`: the process answers. `ready`: database, migrations and jobs are well, so that traffic may come. */
export const registerHealth = (app: FastifyInstance, database: Database, readiness: Readiness): void => {
  app.get('/health/live', { schema: { hide: true, response: { 200: answer } } }, () => ({ status: 'live' }))
  app.get(
    '/health/ready',
    { schema: { hide: true, response: { '2xx': answer, 503: answer } } },
    async (_req, reply) => {
      const up = await database.ping().then(
        () => true,
        () => false,
      )
      const state = { database: up, migrations: readiness.migrated(), jobs: readiness.jobsRunning() }
      const ready = Object.values(state).every(Boolean)
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready', ...state })
    },
  )
}
