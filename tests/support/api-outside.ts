import { freePort } from '@sendocki/api/db/free-port'
import { startApi, type TestApi } from './app.ts'
import { type OutsideWorld, startOutside } from './outside.ts'

export interface ApiOutside {
  readonly outside: OutsideWorld
  readonly api: TestApi
  /** What the clock starts now, and all that follows from it. */
  tick(): Promise<void>
}

/** The API with the sandbox outside, listening where the sandbox's deliveries go; both live by one clock. */
export const startApiOutside = async (
  settings: (sandboxUrl: string) => Readonly<Record<string, string>>,
): Promise<ApiOutside> => {
  const port = await freePort()
  const clock = { now: () => new Date() }
  const outside = await startOutside({ now: () => clock.now() })
  const api = await startApi({ env: { APP_URL: `http://127.0.0.1:${port}`, ...settings(outside.url) } })
  clock.now = api.clock.now
  await api.app.listen({ port, host: '127.0.0.1' })
  const tick = async () => {
    const ctx = api.ctx()
    await ctx.platform(async (tx) => ctx.enqueue(tx, 'schedule.stores', {}))
    await api.runJobs()
  }
  return { outside, api, tick }
}
