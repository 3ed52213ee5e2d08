import type { Client } from './app.ts'
import { confirmedOrder, ship } from './delivery.ts'

const csv = { 'content-type': 'text/csv' }

/** What is done with carriers without API in the name of one owner: opened, shipped with, and told about by files. */
export const manualCarriersOf = (owner: Client) => {
  const parcelOf = async (id: string) => (await owner.get(`/parcels/${id}`)).body
  const rowsOf = async (file: any) => (await owner.get(`/carrier-files/${file.id}/rows?limit=200`)).body.items
  return {
    parcelOf,
    rowsOf,
    orderOf: async (id: string) => (await owner.get(`/orders/${id}`)).body,
    outcomesOf: async (file: any) => (await rowsOf(file)).map(({ outcome }: any) => outcome),
    openCarrier: async (name: string): Promise<string> => {
      const { status, body, text } = await owner.post('/carrier-accounts', { carrier: 'manual', name })
      if (status !== 201) throw new Error(text)
      return body.id
    },
    load: (account: string, kind: string, text: string | Buffer) =>
      owner.post(`/carrier-accounts/${account}/files?kind=${kind}`, text, csv),
    tryIt: async (file: any, change: object = {}) =>
      (await owner.post(`/carrier-files/${file.id}/dry-run`, { ...file.mapping, ...change })).body,
    run: (file: any, body: object = {}) =>
      owner.post(`/carrier-files/${file.id}/run`, body, { 'idempotency-key': crypto.randomUUID() }),
    /** Orders handed to a carrier without API: parcels that exist without any call. */
    shipped: async (account: string, count: number): Promise<any[]> => {
      const orders = []
      for (let made = 0; made < count; made += 1) orders.push(await confirmedOrder({ owner }))
      const { body } = await ship(
        owner,
        orders.map(({ id }) => id),
        account,
      )
      return Promise.all(body.items.map(({ parcelId }: any) => parcelOf(parcelId)))
    },
  }
}
