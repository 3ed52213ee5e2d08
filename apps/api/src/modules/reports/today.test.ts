import { startOfDay } from '@sendocki/domain/time'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Client, startApi } from '../../../../../tests/support/app.ts'
import { givenOrder, moveTo, reasonFor } from '../../../../../tests/support/orders.ts'
import { setOrderCash } from '../orders/index.ts'

const api = await startApi()
const owner = api.as('owner')
const agent = api.merchant.people.confirmation_agent.memberId
const driver = api.merchant.people.delivery_agent.memberId

type Figure = Answer['body']
type Entry = 'created' | 'confirmed' | 'shipped' | 'delivered'

/** What happened to an order, as far as a day counts it: written down by the test itself. */
interface Story {
  readonly id: string
  readonly assigneeId: string | null
  readonly entries: Partial<Record<Entry, number>>
}
const stories: Story[] = []

const hour = 3_600_000
/** A day whose clocks stand still, at three in the afternoon in Morocco. */
const noon = Date.parse('2026-11-24T14:00:00.000Z')
const first = noon - 8 * 24 * hour

const at = (millis: number): void => api.clock.set(new Date(millis).toISOString())

const enter = async (story: Story, state: Exclude<Entry, 'created'>, millis: number): Promise<void> => {
  at(millis)
  const moved = await moveTo(owner, story.id, state)
  if (moved.status !== 200) throw new Error(moved.text)
  story.entries[state] = millis
}

/** Takes the newest move back: it never was an entry. */
const undo = async (story: Story, state: Exclude<Entry, 'created'>, millis: number): Promise<void> => {
  at(millis)
  const { body } = await owner.get(`/orders/${story.id}`)
  const undone = await owner.post(`/orders/${story.id}/undo`, { eventId: body.undoEventId, version: body.version })
  if (undone.status !== 200) throw new Error(undone.text)
  delete story.entries[state]
}

const live = async (n: number): Promise<void> => {
  const born = first + Math.round(((n * 7) % 24) * 8.1 * hour)
  at(born)
  const assigneeId = [null, agent, driver][n % 3] ?? null
  const { id } = await givenOrder(owner, assigneeId === null ? {} : { assigneeId })
  const story: Story = { id, assigneeId, entries: { created: born } }
  stories.push(story)
  if (n % 4 === 0) return
  await enter(story, 'confirmed', born + 2 * hour)
  if (n % 6 === 1) return undo(story, 'confirmed', born + 3 * hour)
  await enter(story, 'shipped', born + 20 * hour)
  if (n % 2 === 0) return
  await enter(story, 'delivered', born + 30 * hour)
  await api.ctx().transaction((tx) => setOrderCash(tx, id, { status: 'due', since: new Date(born).toISOString() }))
}

beforeAll(async () => {
  for (let n = 0; n < 24; n += 1) await live(n)
  at(noon)
})

const figuresFor = async (client: Client): Promise<Record<string, Figure>> => {
  const { status, body, text } = await client.get('/reports/today')
  if (status !== 200) throw new Error(text)
  return Object.fromEntries(body.figures.map((figure: Figure) => [figure.key, figure]))
}

const listOf = async (client: Client, { filters }: Figure): Promise<string[]> => {
  const query = new URLSearchParams(
    Object.entries(filters).map(([name, value]): [string, string] => [name, String(value)]),
  )
  const counted = (await client.get(`/orders/count?${query}`)).body
  const listed = (await client.get(`/orders?${query}&limit=200`)).body.items.map(({ id }: { id: string }) => id)
  expect(counted).toEqual({ count: listed.length, capped: false })
  return listed
}

/** The same question asked of the written stories, day by Moroccan day. */
const expected = (kind: Entry, from: number, to: number, mine: string | null): string[] =>
  stories
    .filter(({ entries, assigneeId }) => {
      const entered = entries[kind]
      return entered !== undefined && entered >= from && entered < to && (mine === null || assigneeId === mine)
    })
    .map(({ id }) => id)

const kinds: readonly Entry[] = ['created', 'confirmed', 'shipped', 'delivered']
const roles = { owner: null, viewer: null, confirmation_agent: agent, delivery_agent: driver } as const
type Role = keyof typeof roles

describe('the figures of a day', () => {
  it('law 8: each figure is the count of its list, and of what really happened, for everybody and at any moment', async () => {
    const moments = fc.integer({ min: 0, max: 9 * 24 * 60 }).map((minutes) => first + minutes * 60_000 + 30_000)
    await fc.assert(
      fc.asyncProperty(moments, fc.constantFrom(...(Object.keys(roles) as Role[])), async (now, role) => {
        at(now)
        const client = api.as(role)
        const figures = await figuresFor(client)
        for (const figure of Object.values(figures)) {
          const listed = await listOf(client, figure)
          expect([figure.key, figure.count, figure.capped]).toEqual([figure.key, listed.length, false])
        }
        const { day } = (await client.get('/reports/today')).body
        const from = Date.parse(startOfDay(day))
        for (const kind of kinds) {
          const shown = (await listOf(client, figures[kind])).toSorted()
          expect([kind, shown]).toEqual([kind, expected(kind, from, from + 24 * hour, roles[role]).toSorted()])
          for (const { key, count } of figures[kind].before) {
            const past = from - (key === 'yesterday' ? 1 : 7) * 24 * hour
            expect([kind, key, count]).toEqual([kind, key, expected(kind, past, past + now - from, roles[role]).length])
          }
        }
      }),
      { numRuns: 16 },
    )
    at(noon)
  })

  it('counts cash and lateness as they stand now, with their sum for those who see money', async () => {
    const figures = await figuresFor(owner)
    const due = await listOf(owner, figures['due'])
    expect(due).toHaveLength(stories.filter(({ entries }) => entries.delivered !== undefined).length)
    expect(figures['due'].sumCentimes).toBe(due.length * 28_400)
    expect(figures['late'].count).toBeGreaterThan(0)
    expect(figures['late'].before).toEqual([])
    for (const role of ['confirmation_agent', 'delivery_agent', 'viewer'] as const)
      for (const { sumCentimes } of Object.values(await figuresFor(api.as(role)))) expect(sumCentimes).toBeNull()
  })

  it('says whose they are: an agent reads their own', async () => {
    expect((await owner.get('/reports/today')).body.own).toBe(false)
    const { own, figures } = (await api.as('confirmation_agent').get('/reports/today')).body
    expect(own).toBe(true)
    for (const { filters } of figures) expect(filters.assigneeId).toBe('me')
  })

  it('sees nothing of another merchant', async () => {
    for (const { count } of Object.values(await figuresFor(api.asRival('owner')))) expect(count).toBe(0)
  })

  it('follows an order at once, and forgets a cancelled task', async () => {
    const before = (await figuresFor(owner))['created'].count
    const { id } = await givenOrder(owner, { customer: { name: 'Rim Guessous', phone: '0611223344' } })
    const twin = await givenOrder(owner, { customer: { name: 'Rim Guessous', phone: '0611223344' } })
    const after = await figuresFor(owner)
    expect([after['created'].count, after['duplicate'].count]).toEqual([before + 2, 2])
    await moveTo(owner, twin.id, 'cancelled', { reasonId: await reasonFor(owner, 'duplicate') })
    expect(await listOf(owner, (await figuresFor(owner))['duplicate'])).not.toContain(id)
  })
})

it('counts to a thousand and says so, without a sum', async () => {
  const [{ id } = { id: '' }] = stories
  await api.ctx().transaction(async (tx) => {
    const columns = (
      await tx.db.execute<{ name: string }>(
        `select attname as name from pg_attribute where attrelid = 'orders'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      )
    ).rows.map(({ name }) => name)
    const values = columns.map((name) => {
      if (name === 'id') return 'gen_random_uuid()'
      if (name === 'number') return '900000 + n'
      if (name === 'cash_status') return `'due'`
      return name === 'external_id' ? 'null' : name
    })
    await tx.db.execute(
      `insert into orders (${columns.join(', ')}) select ${values.join(', ')} from orders, generate_series(1, 1004) n where id = '${id}'`,
    )
  })
  expect((await figuresFor(owner))['due']).toMatchObject({ count: 1_000, capped: true, sumCentimes: null })
})
