import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'

const count = Number(process.env.KILL_IMPORT ?? 1_200)
const rounds = Number(process.env.KILL_ROUNDS ?? 2)
const instants = Array.from({ length: rounds }, () => 150 + Math.floor(Math.random() * 600))

let stack: Stack
let keeper: Shopkeeper
beforeAll(async () => {
  stack = await startStack()
  keeper = await signUp(stack.url, stack.sandboxUrl, 'kill-import')
})
afterAll(() => stack.stop())

const load = async (text: string): Promise<string> => {
  const body = new FormData()
  body.append('kind', 'orders')
  body.append('file', new File([text], 'commandes.csv'))
  const headers = { authorization: `Bearer ${keeper.token()}` }
  const response = await fetch(`${stack.url}/api/v1/imports`, { method: 'POST', headers, body })
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}
interface Counted {
  readonly status: string
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
  readonly pending: number
  readonly undo: unknown
}
const get = async (id: string): Promise<Counted> => (await keeper.get(`/imports/${id}`)).body
const sum = ({ created, updated, unchanged, refused, pending }: Counted): number =>
  created + updated + unchanged + refused + pending
const until = (id: string, status: string) =>
  eventually(
    () => get(id),
    (file) => file.status === status,
    `an import that is ${status}`,
    60,
  )
/** Kills at each instant and brings it back; law 11 holds whenever one looks. */
const throughKills = async (id: string, at: readonly number[]): Promise<void> => {
  for (const instant of at) {
    await new Promise((resolve) => setTimeout(resolve, instant))
    await stack.kill()
    await stack.restart()
    const file = await get(id)
    expect(sum(file)).toBe(file.rows)
  }
}

it(`laws 7 and 11: killing the API at any instant (${instants.join(', ')} ms) during an import brings each order in once, and takes it back whole`, {
  timeout: 120_000,
}, async () => {
  const lines = Array.from(
    { length: count },
    (_, at) => `K-${at};03/10/2026;Client ${at};06${20_000_000 + (at % 700)};Montre;250;Livrée`,
  )
  const id = await load(['N° commande;Date;Client;Tél;Produit;Prix;Statut', ...lines, 'K-x;hier;;;;;'].join('\n'))
  await until(id, 'read')
  expect((await keeper.post(`/imports/${id}/run`, undefined)).status).toBe(202)
  await throughKills(id, instants)
  expect(await until(id, 'done')).toMatchObject({ rows: count + 1, created: count, refused: 1, pending: 0 })
  const counted = async (path: string) => (await keeper.get(path)).body.count
  expect(await counted('/orders/count?exact=true')).toBe(count)
  expect(await counted('/customers/count?exact=true')).toBe(700)
  expect((await keeper.post(`/imports/${id}/undo`, undefined)).status).toBe(202)
  await throughKills(id, instants.slice(0, 1))
  expect(await until(id, 'undone')).toMatchObject({ undo: { removed: count, restored: 0, kept: 0, pending: 0 } })
  expect([await counted('/orders/count?exact=true'), await counted('/customers/count?exact=true')]).toEqual([0, 0])
})
