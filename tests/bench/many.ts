import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Bench } from './bench.ts'
import { large, small } from './data.ts'
import { compare, p95Of, p95sOf } from './load.ts'
import { atLeast, atMost, type Row } from './report.ts'
import { tokenFor } from './token.ts'

type Headers = Bench['headers']

const ask = async ({ apiUrl }: Bench, headers: Headers, path: string, body?: unknown): Promise<any> => {
  const response = await fetch(`${apiUrl}/api/v1${path}`, {
    headers: { ...headers, ...(body === undefined ? {} : { 'idempotency-key': crypto.randomUUID() }) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const term = (field: string, value: string | number | boolean, op = 'in') => ({ field, op, values: [value] })

/** Terms on fields with an index of their own, rare and frequent ones. */
const terms = [
  term('state', 'to_confirm'),
  term('state', 'delivered'),
  term('city', 'rabat'),
  term('cash', 'due'),
  term('cash', 'in_dispute'),
  term('toComplete', true),
  term('late', true),
  term('phoneVerdict', 'good'),
  term('totalCentimes', 60_000, 'atLeast'),
  term('createdAt', 30, 'lastDays'),
  { field: 'assigneeId', op: 'notSet' },
] as const

type Term = (typeof terms)[number]
type Join = 'and' | 'or'

const nameOf = (term: Term): string => `${term.field} ${'values' in term ? String(term.values[0]) : term.op}`

/** The slowest of some at a glance are measured well: a hiccup of the machine is no finding. */
const wellMeasured = 3

/** Every pair of these joined by AND and by OR over a million orders, against a read by primary key through the same API. */
export const whereRows = async (bench: Bench): Promise<Row[]> => {
  const order = (await ask(bench, bench.headers, '/orders?limit=1')).items[0]
  const key = () => ask(bench, bench.headers, `/orders/${order.id}`)
  const list = (join: Join, pair: readonly Term[]) => () => {
    const where = encodeURIComponent(JSON.stringify({ [join === 'and' ? 'all' : 'any']: pair }))
    return ask(bench, bench.headers, `/orders?limit=50&where=${where}`)
  }
  const pairs = terms.flatMap((one, index) =>
    terms.slice(index + 1).flatMap((other) => (one.field === other.field ? [] : [[one, other] as const])),
  )
  const slowestOf = async (join: Join): Promise<Row> => {
    const glances = []
    for (const pair of pairs) glances.push({ pair, p50: await medianOf(list(join, pair), 9) })
    const measured = []
    for (const { pair } of glances.sort((one, other) => other.p50 - one.p50).slice(0, wellMeasured)) {
      const [read = 0, p95 = 0] = await p95sOf([key, list(join, pair)], 200)
      measured.push({ pair, read, p95 })
    }
    const [slowest] = measured.sort((one, other) => other.p95 / other.read - one.p95 / one.read)
    if (!slowest) throw new Error('No pair was measured.')
    return atMost(`Filter: ${slowest.pair.map(nameOf).join(` ${join} `)}`, 8, slowest.p95, slowest.read)
  }
  return [await slowestOf('and'), await slowestOf('or')]
}

const medianOf = async (work: () => Promise<unknown>, times: number): Promise<number> => {
  const durations: number[] = []
  for (let index = 0; index < times; index += 1) {
    const began = performance.now()
    await work()
    durations.push(performance.now() - began)
  }
  return durations.sort((one, other) => one - other)[Math.floor(times / 2)] ?? 0
}

const orders = 5_000

const stageOf = async (bench: Bench, state: string): Promise<string> =>
  (await ask(bench, bench.headers, '/pipeline')).stages.find((stage: { state: string }) => stage.state === state).id

const newestIn = async (client: pg.Client, stageId: string): Promise<string[]> => {
  const { rows } = await client.query<{ id: string }>(
    'select id from orders where merchant_id = $1 and stage_id = $2 order by created_at desc limit $3',
    [large.merchantId, stageId, orders],
  )
  return rows.map(({ id }) => id)
}

/** 5,000 orders to and fro between two stages, as one operation and as two statements. */
export const bulkRows = async (bench: Bench): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: bench.databaseUrl })
  await client.connect()
  const stages = [await stageOf(bench, 'to_confirm'), await stageOf(bench, 'unreachable')] as const
  // An earlier run may have left them at the other end.
  const [first, second] = [await newestIn(client, stages[0]), await newestIn(client, stages[1])]
  const ids = first.length < orders ? second : first
  let there = ids === second
  const next = (): string => {
    there = !there
    return stages[there ? 1 : 0]
  }
  const ours = async (): Promise<number> => {
    const began = performance.now()
    const body = { noun: 'orders', ids, action: 'move', params: { stageId: next() } }
    const { id } = await ask(bench, bench.headers, '/bulk-operations', body)
    const over = await ended(bench, id)
    if (over.done !== ids.length)
      throw new Error(`Moved ${over.done} of ${ids.length}: ${JSON.stringify(over.reasons)}`)
    return (ids.length / (performance.now() - began)) * 1_000
  }
  const bare = async (): Promise<number> => {
    const began = performance.now()
    await moveBare(client, ids, next())
    return (ids.length / (performance.now() - began)) * 1_000
  }
  const speed = await compare(ours, bare)
  const others = () => p95Of(() => ask(bench, bench.headers, `/orders/${ids[0]}`), 200)
  let moving: Promise<unknown> = Promise.resolve()
  const busy = async (): Promise<number> => {
    moving = ours()
    await pause(200)
    return others()
  }
  const quiet = async (): Promise<number> => {
    await moving
    return others()
  }
  const meanwhile = await compare(busy, quiet)
  await moving
  await client.end()
  return [
    atLeast('Bulk move of 5,000 orders', 0.15, speed),
    atMost('Other requests meanwhile, p95', 1.5, meanwhile.ours, meanwhile.bare),
  ]
}

const ended = async (bench: Bench, id: string): Promise<any> => {
  for (;;) {
    const operation = await ask(bench, bench.headers, `/bulk-operations/${id}`)
    if (operation.status === 'done' || operation.status === 'stopped') return operation
    await pause(20)
  }
}

/** One update and one insert of the same history, by hand. */
const moveBare = async (client: pg.Client, ids: readonly string[], stageId: string): Promise<void> => {
  const now = new Date().toISOString()
  await client.query('begin')
  await client.query(
    `update orders o set stage_id = $3, state = s.state, state_since = $4, updated_at = $4, version = o.version + 1,
       undo_event_id = gen_random_uuid()
     from stages s where s.merchant_id = $1 and s.id = $3 and o.merchant_id = $1 and o.id = any($2::uuid[]) returning o.id`,
    [large.merchantId, ids, stageId, now],
  )
  await client.query(
    `with s as (update merchant_counters set event_sequence = event_sequence + $3 where merchant_id = $1 returning event_sequence)
     insert into events (merchant_id, sequence, id, type, occurred_at, actor_kind, subject_kind, subject_id, order_id, before, after, undoable)
     select $1, s.event_sequence - $3 + i.n, gen_random_uuid(), 'order.moved', $4, 'member', 'order', i.id, i.id, $5, $5, true
     from s, unnest($2::uuid[]) with ordinality as i (id, n)`,
    [large.merchantId, ids, ids.length, now, JSON.stringify({ stageId, stateSince: now, state: 'to_confirm' })],
  )
  await client.query('commit')
}

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024

const columns = [
  'number',
  'placedAt',
  'customer',
  'phone',
  'city',
  'address',
  'products',
  'total',
  'codAmount',
  'stage',
  'cash',
  'note',
]

/** The same columns of the same orders, written by the server itself. */
const copied = `select o.number, o.placed_at, o.contact_name, o.phone, o.city_id, concat_ws(', ', o.address_line, o.landmark),
  (select string_agg(l.quantity || ' × ' || l.name, ' + ' order by l.position) from order_lines l
   where l.merchant_id = o.merchant_id and l.order_id = o.id),
  o.total_centimes, o.cod_amount_centimes, s.name_fr, o.cash_status, o.note
  from orders o join stages s on s.merchant_id = o.merchant_id and s.id = o.stage_id`

/** A merchant's 100,000 orders as a file, and the memory that it takes. */
export const exportRows = async (bench: Bench): Promise<Row[]> => {
  const [one] = small
  if (!one) return []
  const headers = { ...bench.headers, authorization: `Bearer ${tokenFor(one)}` }
  const client = new pg.Client({ connectionString: bench.databaseUrl })
  await client.connect()
  const path = join(tmpdir(), `sendocki-copy-${process.pid}.csv`)
  const idle = residentMegabytes(bench.apiPid)
  let most = idle
  let rows = 0
  const ours = async (): Promise<number> => {
    const began = performance.now()
    const { id } = await ask(bench, headers, '/exports', { kind: 'orders', columns, format: 'csv' })
    for (;;) {
      const file = await ask(bench, headers, `/exports/${id}`)
      most = Math.max(most, residentMegabytes(bench.apiPid))
      if (file.status === 'failed') throw new Error(`The export failed: ${file.problem}`)
      if (file.status === 'ready') {
        rows = file.rows
        return (file.rows / (performance.now() - began)) * 1_000
      }
      await pause(20)
    }
  }
  const bare = async (): Promise<number> => {
    const began = performance.now()
    const { rowCount } = await client.query(
      `copy (${copied} where o.merchant_id = '${one.merchantId}' order by o.created_at desc, o.id desc) to '${path}' (format csv, header)`,
    )
    return ((rowCount ?? 0) / (performance.now() - began)) * 1_000
  }
  const speed = await compare(ours, bare)
  await client.end()
  rmSync(path, { force: true })
  return [
    atLeast(`Export of ${rows.toLocaleString('en')} rows as CSV`, 0.3, speed),
    {
      what: 'Memory of an export above idle',
      limit: '≤ 60 MB',
      figure: `${(most - idle).toFixed(0)} MB`,
      met: most - idle <= 60,
    },
  ]
}
