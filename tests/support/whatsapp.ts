import { freePort } from '@sendocki/api/db/free-port'
import { defaultCallSettings } from '@sendocki/domain/calls/settings'
import { wallClockOf } from '@sendocki/domain/time'
import pg from 'pg'
import { afterAll } from 'vitest'
import { type Client, startApi, type TestApi } from './app.ts'
import { startOutside } from './outside.ts'

/** The line that the sandbox has from the beginning. */
export const demoLine = {
  name: 'Dar Argan',
  phoneNumberId: '100200300400500',
  businessAccountId: '200300400500600',
  accessToken: 'demo',
  appSecret: 'demo',
} as const

/** An API whose WhatsApp is the sandbox's, each reachable for the other. */
export interface WhatsAppWorld {
  readonly api: TestApi
  readonly owner: Client
  readonly sandboxUrl: string
  control(path: string, body?: object): Promise<any>
  /** What Meta has: messages, templates, buyers. */
  meta(): Promise<any>
  /** Runs jobs until nothing is left to do now. */
  settle(): Promise<void>
  /** Makes everything due that waits for later, without moving the clock. */
  hurry(): Promise<void>
  mend(): Promise<void>
}

export const startWhatsApp = async (env: Readonly<Record<string, string>> = {}): Promise<WhatsAppWorld> => {
  const port = await freePort()
  const reach = { address: 'http://localhost:3000', by: `http://127.0.0.1:${port}` }
  // One clock for both: what a buyer wrote first is first, at whatever hour the tests run.
  let now = () => new Date()
  const outside = await startOutside({ pace: 0.001, reach, now: () => now() })
  const api = await startApi({ env: { SANDBOX: 'on', SANDBOX_URL: outside.url, ...env } })
  now = api.clock.now
  await api.app.listen({ host: '127.0.0.1', port })
  const jobs = new pg.Client({ connectionString: api.databaseUrl })
  await jobs.connect()
  jobs.on('error', () => undefined)
  afterAll(() => jobs.end())
  return {
    api,
    owner: api.as('owner'),
    sandboxUrl: outside.url,
    control: outside.control,
    meta: async () => (await fetch(`${outside.url}/control/whatsapp`)).json(),
    settle: () => api.runJobs(),
    hurry: async () => {
      await jobs.query('update graphile_worker._private_jobs set run_at = now() where run_at > now()')
      await api.runJobs()
    },
    mend: outside.mend,
  }
}

/** Connects the line of the sandbox and answers with its id. */
export const connectLine = async ({ owner, settle }: WhatsAppWorld, line: object = demoLine): Promise<string> => {
  const { status, body, text } = await owner.post('/whatsapp/numbers', line)
  if (status !== 201) throw new Error(text)
  await settle()
  return body.id
}

/**
 * Allows messages now, and forbids them from ten to sixteen hours later, on every day, whatever the calendar says of it:
 * the buyers of the sandbox live by the real clock.
 */
export const openNow = async ({ api, owner }: Pick<WhatsAppWorld, 'api' | 'owner'>): Promise<void> => {
  const clock = (later: number): string => {
    const hour = (wallClockOf(api.clock.now()).hour + later) % 24
    return `${String(hour).padStart(2, '0')}:00`
  }
  const [closes, opens] = [clock(10), clock(16)]
  const night = { from: opens, to: '24:00' }
  const spans = closes < opens ? [{ from: '00:00', to: closes }, night] : [{ from: opens, to: closes }]
  const week = Array.from({ length: 7 }, () => spans.filter(({ from, to }) => from < to))
  const { ramadan } = defaultCallSettings
  const settings = {
    ...defaultCallSettings,
    week,
    fridayPause: null,
    holidays: [],
    ramadan: { ...ramadan, periods: [] },
  }
  const { status, text } = await owner.put('/calls/settings', { version: 1, settings })
  if (status !== 200) throw new Error(text)
}

/** Waits until a fact is true, or fails after ten seconds. */
export const until = async <T>(fact: () => Promise<T>): Promise<NonNullable<T>> => {
  const deadline = Date.now() + 10_000
  for (;;) {
    const found = await fact()
    if (found) return found
    if (Date.now() > deadline) throw new Error('It did not become true within ten seconds.')
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

/**
 * The next eleven o'clock (UTC): within the usual hours at whatever hour the tests run, and never behind the database, by
 * whose clock jobs are due.
 */
export const nextEleven = (): string => {
  const [day = ''] = new Date(Date.now() + 13 * 3_600_000).toISOString().split('T')
  return `${day}T11:00:00.000Z`
}
