import { createHmac } from 'node:crypto'
import { fromMoroccanClock } from '@sendocki/domain/time'
import type { Client, TestApi } from './app.ts'
import { givenOrder } from './orders.ts'

/** The instant of a clock in Casablanca. */
export const at = (day: string, clock: string): string => fromMoroccanClock(`${day} ${clock}`)?.at ?? ''

/** Posts what an exchange tells, signed as our own hook for orders is, and has it read. */
export const ring = async (
  api: Pick<TestApi, 'withToken' | 'runJobs' | 'clock'>,
  { url, secret }: { readonly url: string; readonly secret: string },
  news: object,
  key = crypto.randomUUID(),
) => {
  const body = JSON.stringify(news)
  const t = Math.floor(api.clock.now().getTime() / 1000)
  const signature = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
  const answer = await api.withToken(null).post(`/${new URL(url).pathname}`, body, {
    ...{ 'content-type': 'application/json', 'x-signature': `t=${t},v1=${signature}`, 'idempotency-key': key },
  })
  await api.runJobs()
  return answer
}

/** What agents do, over HTTP. */
export const callingOf = (api: TestApi) => {
  const owner = api.as('owner')
  const key = () => ({ 'idempotency-key': crypto.randomUUID() })
  const claim = (client: Client, body: object = {}) => client.post('/calls/claim', body)
  return {
    key,
    claim,
    claimOf: async (client: Client, id: string) => {
      const answer = await claim(client, { orderId: id })
      if (answer.status !== 200) throw new Error(answer.text)
      return answer.body
    },
    outcome: (client: Client, call: any, body: object, headers = key()) =>
      client.post(`/calls/leases/${call.lease.id}/outcome`, { orderId: call.order.id, ...body }, headers),
    /** An order of which everything is known that must be asked of it, but what only a call can tell. */
    given: (over: object = {}) =>
      givenOrder(owner, {
        shippingAddress: {
          ...{ line: '4 rue des Roses', city: 'Casablanca' },
          ...{ district: 'Maârif', landmark: 'Près de la poste' },
        },
        ...over,
      }),
    told: { answers: { amountTold: true, dateTold: '2026-12-02' } },
    /** Nobody holds anything, and nothing waits but what the test makes. */
    clearQueue: () =>
      api.deps.world.database.platform(async (tx) => {
        await tx.db.execute('delete from call_leases')
        await tx.db.execute(`update orders set to_complete = '["phone_wrong"]' where call_at is not null`)
      }),
  }
}
