import pg from 'pg'
import type { Client, TestApi } from './app.ts'
import { startPlayedApi } from './fixtures.ts'

/** An API whose carrier is the sandbox's Sendit, reachable for its webhooks. */
export interface Delivery {
  readonly api: TestApi
  readonly owner: Client
  /** The address at which the sandbox reaches the API. */
  readonly url: string
  /** A call of the sandbox's control page. */
  control<T = unknown>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>
  /** Runs jobs until none is left, those that wait for later too: the clock goes on a minute between rounds. */
  settle(rounds?: number): Promise<void>
  /** Makes everything due that waits for later, without moving the clock. */
  hurry(): Promise<number>
  close(): Promise<void>
}

export interface ParcelAtCarrier {
  readonly trackingNumber: string
  readonly reference: string
  readonly status: string
  readonly amount: number
  readonly phone: string
}

export const startDelivery = async (): Promise<Delivery> => {
  const api = await startPlayedApi()
  const url = await api.app.listen({ host: '127.0.0.1', port: 0 })
  const jobs = new pg.Client({ connectionString: api.databaseUrl })
  await jobs.connect()
  jobs.on('error', () => undefined)
  const hurry = async () => {
    const sooner = 'update graphile_worker._private_jobs set run_at = now() where run_at > now()'
    return (await jobs.query(sooner)).rowCount ?? 0
  }
  const settle = async (rounds = 12) => {
    for (let round = 0; round < rounds; round += 1) {
      await api.runJobs()
      const hurried = await hurry()
      const { rows } = await jobs.query<{ left: number }>(
        'select count(*)::int as left from graphile_worker._private_jobs',
      )
      if (rows[0]?.left === 0) return
      if (hurried > 0) api.clock.advance(61_000)
    }
    const { rows } = await jobs.query('select task_identifier, last_error from graphile_worker.jobs limit 5')
    throw new Error(`Jobs are left after ${rounds} rounds: ${JSON.stringify(rows)}`)
  }
  return {
    api,
    owner: api.as('owner'),
    url,
    settle,
    hurry,
    control: async (method, path, body) => {
      const response = await fetch(`${api.sandboxUrl}/control${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as never
    },
    close: () => jobs.end(),
  }
}

/** A connected Sendit account that fetches parcels in Casablanca and tells the API of every status. */
export const connectSendit = async (
  delivery: Delivery,
  { client = delivery.owner, publicKey = 'demo', signed = true } = {},
): Promise<string> => {
  const { settle, control, url } = delivery
  const made = await client.post('/carrier-accounts', {
    carrier: 'sendit',
    name: 'Sendit Casablanca',
    credentials: { publicKey, secretKey: 'demo' },
    settings: {
      pickupName: 'Dar Argan',
      pickupPhone: '0522334455',
      pickupAddress: '4 rue des Artisans',
      signedWebhook: signed,
    },
  })
  if (made.status !== 201) throw new Error(made.text)
  await settle()
  const { id } = made.body as { id: string }
  const places = await client.get(`/carrier-accounts/${id}/cities?pickup=true&q=casablanca`)
  const { version } = (await client.get(`/carrier-accounts/${id}`)).body
  const pickupPlaceId = places.body.items[0].placeId
  const edited = await client.patch(`/carrier-accounts/${id}`, { version, settings: { pickupPlaceId } })
  if (edited.status !== 200) throw new Error(edited.text)
  await settle()
  await control('POST', '/sendit/webhook', { url: `${url}/hooks/sendit/${id}`, account: publicKey, unsigned: !signed })
  return id
}

let made = 0
/** An order in the confirmed stage, ready to be shipped. */
export const confirmedOrder = async (
  { owner }: Pick<Delivery, 'owner'>,
  { city = 'Rabat', district = 'Agdal', priceCentimes = 24_900 } = {},
): Promise<{ id: string; number: number; version: number; stageId: string }> => {
  const { body: pipeline } = await owner.get('/pipeline')
  const stage = pipeline.stages.find(({ state }: { state: string }) => state === 'confirmed')
  made += 1
  const answer = await owner.post('/orders', {
    customer: { name: `Salma Test ${made}`, phone: `06${String(12_000_000 + made)}` },
    shippingAddress: { line: '12 rue Exemple', city, district },
    lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: priceCentimes }],
    stageId: stage.id,
  })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body
}

export const confirmedOrders = (delivery: Delivery, count: number) =>
  Promise.all(Array.from({ length: count }, () => confirmedOrder(delivery)))

/** Asks for parcels as a client does, with a key of its own. */
export const ship = (client: Client, orderIds: readonly string[], carrierAccountId?: string) =>
  client.post(
    '/parcels',
    { orderIds, ...(carrierAccountId ? { carrierAccountId } : {}) },
    { 'idempotency-key': crypto.randomUUID() },
  )

/** What the carrier has on its side. */
export const parcelsAtCarrier = async ({ control }: Delivery): Promise<ParcelAtCarrier[]> =>
  (await control<{ parcels: ParcelAtCarrier[] }>('GET', '/state')).parcels
