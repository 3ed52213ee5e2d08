import { createHmac } from 'node:crypto'
import pg from 'pg'
import type { Bench } from './bench.ts'
import { large } from './data.ts'
import { compare, load, p95sOf, perSecondOf } from './load.ts'
import { atLeast, atMost, type Row } from './report.ts'

const connections = 16

export const ask = async ({ apiUrl, headers }: Bench, path: string, body?: unknown): Promise<any> => {
  const response = await fetch(`${apiUrl}/api/v1${path}`, {
    headers,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

const stageOf = async (bench: Bench, state: string): Promise<string> =>
  (await ask(bench, '/pipeline')).stages.find((stage: { state: string }) => stage.state === state).id

/** The first page of a stage by 16 askers, and a page a thousand deep by its cursor. */
export const listRows = async (bench: Bench): Promise<Row[]> => {
  const stageId = await stageOf(bench, 'delivered')
  const ours = perSecondOf(
    'list',
    { url: bench.apiUrl, headers: bench.headers, requests: [{ path: `/api/v1/orders?stageId=${stageId}&limit=50` }] },
    { connections },
  )
  const bare = perSecondOf(
    'bare list',
    { url: bench.bareUrl, requests: [{ path: `/list?merchantId=${large.merchantId}&stageId=${stageId}` }] },
    { connections },
  )
  const [a, b] = await Promise.all([
    fetch(`${bench.apiUrl}/api/v1/orders?stageId=${stageId}&limit=50`, { headers: bench.headers }),
    fetch(`${bench.bareUrl}/list?merchantId=${large.merchantId}&stageId=${stageId}`),
  ])
  if ((await a.text()) !== (await b.text()))
    throw new Error('The yardstick of the list does not return the same bytes.')
  const first = `/orders?stageId=${stageId}&limit=50`
  let cursor = ''
  // 250 pages of 200 are a thousand of 50.
  for (let page = 0; page < 250; page += 1) {
    const { nextCursor } = await ask(bench, `/orders?stageId=${stageId}&limit=200${cursor && `&cursor=${cursor}`}`)
    if (nextCursor === null) break
    cursor = nextCursor
  }
  const pages = [() => ask(bench, first), () => ask(bench, `${first}&cursor=${cursor}`)]
  const [shallow = 0, deep = 0] = await p95sOf(pages, 200)
  return [
    atLeast('GET /orders?stageId=, 50 rows, 16 connections', 0.75, await compare(ours, bare)),
    atMost('A page 1,000 deep by cursor, against the first', 1.2, deep, shallow),
  ]
}

export const orderRow = async (bench: Bench): Promise<Row[]> => {
  const ids: string[] = (await ask(bench, '/orders?limit=200')).items.map(({ id }: { id: string }) => id)
  const ours = perSecondOf(
    'order',
    { url: bench.apiUrl, headers: bench.headers, requests: ids.map((id) => ({ path: `/api/v1/orders/${id}` })) },
    { connections },
  )
  const bare = perSecondOf(
    'bare order',
    { url: bench.bareUrl, requests: ids.map((id) => ({ path: `/order?merchantId=${large.merchantId}&id=${id}` })) },
    { connections },
  )
  return [atLeast('GET /orders/{id}', 0.65, await compare(ours, bare))]
}

/** Orders go to and fro between two stages; each worker has orders of its own, so that nobody meets a stale version. */
export const moveRow = async (bench: Bench): Promise<Row[]> => {
  const stages = [await stageOf(bench, 'to_confirm'), await stageOf(bench, 'unreachable')]
  const items: { id: string; version: number; stageId: string }[] = (
    await ask(bench, `/orders?state=to_confirm&limit=${connections}`)
  ).items
  const once = async (
    send: (order: (typeof items)[number], stageId: string) => Promise<Response>,
    seconds = 5,
  ): Promise<number> => {
    const until = performance.now() + seconds * 1000
    let done = 0
    await Promise.all(
      items.map(async (order) => {
        while (performance.now() < until) {
          const to = order.stageId === stages[0] ? stages[1] : stages[0]
          const response = await send(order, to as string)
          if (!response.ok) throw new Error(`move: ${response.status} ${await response.text()}`)
          const moved = (await response.json()) as { version: number; stageId: string }
          order.version = moved.version
          order.stageId = moved.stageId
          done += 1
        }
      }),
    )
    return done / seconds
  }
  const ours = () =>
    once((order, stageId) =>
      fetch(`${bench.apiUrl}/api/v1/orders/${order.id}/move`, {
        method: 'POST',
        headers: bench.headers,
        body: JSON.stringify({ stageId, version: order.version }),
      }),
    )
  const bare = () =>
    once((order, stageId) =>
      fetch(`${bench.bareUrl}/move`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ merchantId: large.merchantId, id: order.id, stageId, version: order.version }),
      }),
    )
  return [atLeast('POST /orders/{id}/move', 0.6, await compare(ours, bare))]
}

/** The same kinds of load again, shorter and without a yardstick: what memory is watched under. */
export const pressure = async (bench: Bench): Promise<void> => {
  const ids: string[] = (await ask(bench, '/orders?limit=200')).items.map(({ id }: { id: string }) => id)
  const store = await ask(bench, '/stores', { platform: 'generic', name: 'Bench' })
  const hook = new URL(store.webhookUrl).pathname
  const { apiUrl: url, headers } = bench
  const reads = [{ path: '/api/v1/orders?limit=50' }, ...ids.map((id) => ({ path: `/api/v1/orders/${id}` }))]
  const deliveries = Array.from({ length: 1_000 }, (_, n) => ({ path: hook, ...signed(store.webhookSecret, n) }))
  await load({ url, headers, requests: reads }, { connections, seconds: 8 })
  await load({ url, method: 'POST', requests: deliveries }, { connections: 50, seconds: 4 })
  await drained(bench)
}

/** What a page of sale sends of an order, signed as its documentation says. */
export const signed = (secret: string, number: number): { body: string; headers: Record<string, string> } => {
  const body = JSON.stringify({
    external_id: `BENCH-${number}-${crypto.randomUUID()}`,
    customer: {
      name: 'Hicham Bouazza',
      phone: `06612${String(number % 100_000).padStart(5, '0')}`,
      city: 'Rabat',
      address: 'Agdal 4',
    },
    items: [{ sku: 'LAMP-N', name: 'Lampe solaire', quantity: 1, unit_price: '219.00' }],
    total: '219.00',
  })
  const t = Math.floor(Date.now() / 1000)
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-signature': `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`,
    },
  }
}

/** Deliveries accepted by 50 at once against one insert each; then 20 a second from acceptance to the list. */
export const hookRows = async (bench: Bench): Promise<Row[]> => {
  const store = await ask(bench, '/stores', { platform: 'generic', name: 'Bench' })
  const path = new URL(store.webhookUrl).pathname
  const requests = () => Array.from({ length: 3_000 }, (_, index) => ({ path, ...signed(store.webhookSecret, index) }))
  const ours = () =>
    perSecondOf('hook', { url: bench.apiUrl, method: 'POST', requests: requests() }, { connections: 50 })()
  const bare = () =>
    perSecondOf(
      'bare hook',
      {
        url: bench.bareUrl,
        method: 'POST',
        requests: requests().map(({ body }) => ({
          path: '/hook',
          body,
          headers: { 'content-type': 'application/json' },
        })),
      },
      { connections: 50 },
    )()
  const accepted = await compare(ours, bare, 2)
  const { p99 } = await load(
    { url: bench.apiUrl, method: 'POST', requests: requests() },
    { connections: 50, seconds: 3 },
  )
  await drained(bench)
  const delays = await arrivalDelays(bench, path, store.webhookSecret)
  return [
    atLeast('Shop webhook accepted (verified, stored, enqueued)', 0.5, accepted),
    {
      what: 'Acknowledged at 50 concurrent (printed, not judged)',
      limit: '50 ms p99',
      figure: `${p99.toFixed(0)} ms p99`,
      met: true,
    },
    {
      what: 'Accepted → on the board, 20 a second',
      limit: '≤ 1 s p95',
      figure: `${delays.toFixed(0)} ms p95`,
      met: delays <= 1_000,
    },
  ]
}

/** Waits until the jobs of the load above are done, so that they do not stand in the way of the next measure. */
export const drained = async ({ databaseUrl }: Bench): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  for (;;) {
    const { rows } = await client.query(
      'select count(*)::int as waiting from graphile_worker.jobs where run_at <= now()',
    )
    if (rows[0].waiting === 0) break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  await client.end()
}

const arrivalDelays = async (bench: Bench, path: string, secret: string): Promise<number> => {
  const client = new pg.Client({ connectionString: bench.databaseUrl })
  await client.connect()
  const acceptedAt = new Map<string, number>()
  const delays: number[] = []
  await client.query('listen sendocki_changes')
  for (let index = 0; index < 200; index += 1) {
    const { body, headers } = signed(secret, 50_000 + index)
    const began = performance.now()
    const response = await fetch(`${bench.apiUrl}${path}`, { method: 'POST', headers, body })
    if (response.ok) acceptedAt.set((JSON.parse(body) as { external_id: string }).external_id, performance.now())
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 50 - (performance.now() - began))))
  }
  const deadline = performance.now() + 30_000
  for (const externalId of acceptedAt.keys()) {
    for (;;) {
      const { rows } = await client.query<{ delay: number }>(
        `select extract(epoch from (select i.processed_at - i.received_at)) * 1000 as delay from orders o join inbound i on i.merchant_id = o.merchant_id and i.order_id = o.id
         where o.merchant_id = $1 and o.external_id = $2 and i.processed_at is not null limit 1`,
        [large.merchantId, externalId],
      )
      if (rows[0]) {
        delays.push(Number(rows[0].delay))
        break
      }
      if (performance.now() > deadline) throw new Error(`${externalId} never reached the board.`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  await client.end()
  return delays.sort((a, b) => a - b)[Math.floor(delays.length * 0.95)] ?? Number.POSITIVE_INFINITY
}

/** Five kinds of question over a million orders, against a read by primary key through the same API. */
export const searchRow = async (bench: Bench): Promise<Row[]> => {
  const { items } = await ask(bench, '/orders?limit=1')
  const order = items[0]
  const questions = [
    String(order.number),
    order.customer.phone.slice(-6),
    order.customer.phone.slice(-4),
    `06${order.customer.phone.slice(5, 11)}`,
    'khadija',
    'عبد',
    'fatima el',
    `client${order.number}@ex`,
    `SDT${String(order.number).padStart(8, '0').slice(0, 6)}`,
  ]
  const paths = [`/orders/${order.id}`, ...questions.map((question) => `/search?q=${encodeURIComponent(question)}`)]
  const [key = 0, ...durations] = await p95sOf(
    paths.map((path) => () => ask(bench, path)),
    200,
  )
  return [atMost('Search, five kinds, 1,000,000 orders: the slowest p95', 8, Math.max(...durations), key)]
}
