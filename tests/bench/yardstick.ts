import type { MerchantTx } from '@sendocki/api/db/client'
import { rowTypes, type Statement } from '@sendocki/api/db/statement'
import { encodeCursor } from '@sendocki/api/http/cursor'
import { listOrders } from '@sendocki/api/modules/orders/list.queries'
import { everything, findLinesShown, findOrder } from '@sendocki/api/modules/orders/orders.queries'
import { orderOf, summaryOf } from '@sendocki/api/modules/orders/rows.queries'
import { Order, OrderPage } from '@sendocki/domain/orders/order'
import { ref, targetOf } from '@sendocki/domain/schema'
import Fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'

/*
 * What the benchmarks are held against: bare Fastify routes over plain pg as the owner (no row security, no session, no
 * permission, no mask, no journal of ours), the same SQL on the same pool size, the same bytes out.
 */

const { BENCH_DATABASE_URL = '', BENCH_POOL = '10' } = process.env
const pool = new pg.Pool({ connectionString: BENCH_DATABASE_URL, max: Number(BENCH_POOL) })
await pool.query("set timezone to 'UTC'")

type Queryable = Pick<pg.Pool, 'query'>

/** The queries' handle without a transaction and without a merchant's setting around it. */
const bare = (on: Queryable, merchantId: string): MerchantTx =>
  ({
    merchantId,
    run: async <Row>(statement: Statement<Row>, args: Readonly<Record<string, unknown>>): Promise<Row[]> => {
      const { rows } = await on.query({
        name: statement.name,
        text: statement.text,
        values: statement.bind(args),
        rowMode: 'array',
        types: rowTypes,
      })
      return rows.map(statement.rowOf)
    },
  }) as unknown as MerchantTx

const sight = { phones: 'always', since: '' } as never
const app = Fastify({ logger: false })

const publish = (schema: unknown): void => {
  if (typeof schema !== 'object' || schema === null) return
  const target = targetOf(schema)
  if (target && !app.getSchema(target.$id)) app.addSchema(target)
  for (const inner of Object.values(target ?? schema)) publish(inner)
}
for (const schema of [ref(OrderPage), ref(Order)]) publish(schema)

interface Query {
  readonly merchantId: string
  readonly stageId: string
  readonly id: string
}

app.get<{ Querystring: Query }>('/list', { schema: { response: { 200: ref(OrderPage) } } }, async ({ query }) => {
  const rows = await listOrders(
    bare(pool, query.merchantId),
    { conditions: ['stageId'], scope: ['all'], args: { stageId: query.stageId } } as never,
    { sort: '-createdAt', after: null, limit: 50 },
  )
  const last = rows[49]
  return {
    items: rows.slice(0, 50).map((row) => summaryOf(row, sight)),
    nextCursor: last ? encodeCursor('orders:-createdAt', [last.createdAt, last.id]) : null,
  }
})

app.get<{ Querystring: Query }>('/order', { schema: { response: { 200: ref(Order) } } }, async ({ query }) => {
  const tx = bare(pool, query.merchantId)
  const [row, lines] = await Promise.all([findOrder(tx, everything, query.id), findLinesShown(tx, query.id)])
  return row && orderOf(row, lines, sight)
})

const pipelineReads = [
  'select version from pipelines where merchant_id = $1',
  'select * from stages where merchant_id = $1 order by position, id',
  'select from_stage_id, to_stage_id from stage_transitions where merchant_id = $1',
  'select * from reasons where merchant_id = $1 order by state, position, id',
]

/** The reads and writes of a move, by hand in one transaction: order, lines, pipeline; place, journal, notice. */
app.post<{ Body: { merchantId: string; id: string; stageId: string; version: number } }>(
  '/move',
  { schema: { response: { 200: ref(Order) } } },
  async ({ body: { merchantId, id, stageId, version } }, reply) => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const tx = bare(client, merchantId)
      const row = await findOrder(tx, everything, id)
      const lines = await findLinesShown(tx, id)
      for (const [index, text] of pipelineReads.entries())
        await client.query({ name: `pipeline-${index}`, text, values: [merchantId] })
      if (!row || row.version !== version) return await reply.code(409).send()
      const now = new Date().toISOString()
      await client.query({
        name: 'place',
        text: `update orders set stage_id = $3, state = (select state from stages where merchant_id = $1 and id = $3), state_since = $4, updated_at = $4,
          version = version + 1, undo_event_id = $5 where merchant_id = $1 and id = $2 and version = $6`,
        values: [merchantId, id, stageId, now, crypto.randomUUID(), version],
      })
      await client.query({
        name: 'journal',
        text: `with s as (update merchant_counters set event_sequence = event_sequence + 1 where merchant_id = $1 returning event_sequence)
          insert into events (merchant_id, sequence, id, type, occurred_at, actor_kind, subject_kind, subject_id, order_id, before, after, undoable)
          select $1, event_sequence, $2, 'order.moved', $3, 'member', 'order', $4, $4, $5, $6, true from s`,
        values: [
          merchantId,
          crypto.randomUUID(),
          now,
          id,
          JSON.stringify({ stageId: row.stageId }),
          JSON.stringify({ stageId }),
        ],
      })
      await client.query("select pg_notify('sendocki_changes', $1)", [
        JSON.stringify({ merchantId, subjects: [['order', id]] }),
      ])
      await client.query('commit')
      return orderOf({ ...row, stageId, version: version + 1, stateSince: now, updatedAt: now }, lines, sight)
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  },
)

/** A webhook's one insert. */
app.post<{ Body: { external_id: string } }>('/hook', async ({ body }) => {
  await pool.query({
    name: 'hook',
    text: 'insert into bench_hooks (id, body) values ($1, $2)',
    values: [crypto.randomUUID(), JSON.stringify(body)],
  })
  return {}
})

await pool.query(
  'create table if not exists bench_hooks (id uuid primary key, body text not null, received_at timestamptz not null default now())',
)
const address = await (app as FastifyInstance).listen({ host: '127.0.0.1', port: 0 })
process.send?.({ step: 'ready', url: address })
process.on('disconnect', () => process.exit(0))
