import { type Actor, type Ctx, type JobCtx, type MerchantTx, publicContext, systemActor } from '../../src/context.ts'
import type { Deps } from '../../src/deps.ts'
import { handlers } from '../../src/handlers.ts'
import type { JobName, JobPayload } from '../../src/jobs/catalogue.ts'

export const demoOrigin = { address: '', userAgent: 'demo', requestId: 'demo' }

/** The days gone by of one merchant: every command of the product, at the instant at which it is said to have happened. */
export interface Past {
  readonly tx: MerchantTx
  /** A context at an instant (milliseconds); commands join the one transaction in which the demo is made. */
  at(instant: number, actor?: Actor): Ctx
  /** Does at once what a job would have done then. */
  run<N extends JobName>(instant: number, job: N, payload: Omit<JobPayload<N>, 'merchantId'>): Promise<void>
  /** What is queued meanwhile is left for the real workers; all other jobs of the past are done or done with. */
  forReal<T>(work: () => Promise<T>): Promise<T>
  /** Forgets what the commands so far have queued for later. */
  settleJobs(): void
}

export const openPast = (deps: Pick<Deps, 'world' | 'ports'>, tx: MerchantTx): Past => {
  const { merchantId } = tx
  const kept: MerchantTx['outbox']['jobs'] = []
  const at = (instant: number, actor: Actor = systemActor()): Ctx => ({
    ...publicContext({ ...deps.world, clock: () => new Date(instant) }, demoOrigin).inMerchant(merchantId, actor),
    read: (work) => work(tx),
    transaction: (work) => work(tx),
  })
  const settleJobs = () => void tx.outbox.jobs.splice(0, tx.outbox.jobs.length, ...kept)
  return {
    tx,
    at,
    settleJobs,
    run: async (instant, name, payload) => {
      const ctx: JobCtx = { ...at(instant), ports: deps.ports, job: { name, attempt: 1, lastAttempt: true } }
      const handle = handlers[name] as (ctx: JobCtx, payload: object) => Promise<void>
      await handle(ctx, { merchantId, ...payload })
      settleJobs()
    },
    forReal: async (work) => {
      settleJobs()
      const result = await work()
      kept.push(...tx.outbox.jobs.slice(kept.length))
      return result
    },
  }
}
