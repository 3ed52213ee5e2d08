import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Config } from '../config.ts'
import type { Database } from '../db/client.ts'

export interface Metrics {
  readonly registry: Registry
  readonly job: (name: string, outcome: string, seconds: number) => void
}

export interface QueueFacts {
  /** Seconds since the oldest stored delivery that no job has read yet; 0 when there is none. */
  readonly inboxLagSeconds: number
  readonly jobsWaiting: number
  readonly jobsFailing: number
}

/** Prometheus figures: requests by route and status, the pool, the jobs, how far the inbox lags behind. */
export const createMetrics = (database: Database, queueFacts: () => Promise<QueueFacts>): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const jobs = new Histogram({
    name: 'sendocki_job_seconds',
    help: 'Duration of jobs',
    labelNames: ['job', 'outcome'],
    registers: [registry],
    buckets: [0.01, 0.05, 0.2, 1, 5, 30],
  })
  new Gauge({
    name: 'sendocki_pool_connections',
    help: 'Database connections',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { total, idle, waiting } = database.waiting()
      this.set({ state: 'total' }, total)
      this.set({ state: 'idle' }, idle)
      this.set({ state: 'waiting' }, waiting)
    },
  })
  const facts = together(queueFacts)
  for (const [name, help, value] of queueGauges)
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        // Unknown while the database is away: the other figures are wanted then more than ever.
        this.set(await facts().then(value, () => Number.NaN))
      },
    })
  return { registry, job: (job, outcome, seconds) => jobs.observe({ job, outcome }, seconds) }
}

const queueGauges: readonly [name: string, help: string, value: (facts: QueueFacts) => number][] = [
  ['sendocki_jobs_waiting', 'Jobs ready to run', (facts) => facts.jobsWaiting],
  ['sendocki_jobs_failing', 'Jobs that failed and will be tried again', (facts) => facts.jobsFailing],
  ['sendocki_inbox_lag_seconds', 'Age of the oldest delivery that waits', (facts) => facts.inboxLagSeconds],
]

/** Those who ask in the same turn share one answer: the gauges of one reading agree. */
const together = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined
    })
    return asked
  }
}

/** `/metrics` answers loopback, or whoever holds the metrics token; to others it does not exist. */
export const registerMetrics = (app: FastifyInstance, config: Config, metrics: Metrics): void => {
  const requests = new Histogram({
    name: 'sendocki_request_seconds',
    help: 'Duration of requests',
    labelNames: ['method', 'route', 'status'],
    registers: [metrics.registry],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 5],
  })
  const refusals = new Counter({
    name: 'sendocki_limited_total',
    help: 'Requests over a limit',
    registers: [metrics.registry],
  })
  app.addHook('onResponse', async (req, reply) => {
    const route = req.routeOptions.url ?? 'none'
    requests.observe({ method: req.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    if (reply.statusCode === 429) refusals.inc()
  })
  app.get('/metrics', { schema: { hide: true } }, async (req, reply) => {
    const allowed = config.metricsToken
      ? req.headers.authorization === `Bearer ${config.metricsToken}`
      : ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(req.socket.remoteAddress ?? '')
    if (!allowed) return reply.callNotFound()
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}
