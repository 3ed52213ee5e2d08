import { describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { givenOrder, moveTo, stageFor } from '../../../../../tests/support/orders.ts'
import { runChunk } from './chunks.commands.ts'

const api = await startApi()
const owner = api.as('owner')

const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const given = async (count: number, over: object = {}): Promise<string[]> => {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) ids.push((await givenOrder(owner, over)).id)
  return ids
}
const ask = async (body: object, client: Client = owner): Promise<string> => {
  const asked = await client.post('/bulk-operations', { noun: 'orders', params: {}, ...body }, key())
  if (asked.status !== 202) throw new Error(asked.text)
  return asked.body.id
}
const operation = async (id: string) => (await owner.get(`/bulk-operations/${id}`)).body
const over = async (id: string) => {
  await api.runJobs()
  return operation(id)
}
const undo = async (id: string, client: Client = owner) => {
  const asked = await client.post(`/bulk-operations/${id}/undo`, undefined, key())
  if (asked.status !== 202) throw new Error(asked.text)
  return over(asked.body.id)
}
const orderOf = async (id: string) => (await owner.get(`/orders/${id}`)).body

let named = 0
/** A stage of its own to which every other one leads and that leads anywhere. */
const givenStage = async (): Promise<string> => {
  const { version, stages } = (await owner.get('/pipeline')).body
  const { status, body, text } = await owner.post('/pipeline/stages', {
    version,
    name: { fr: `Contrôle ${(named += 1)}`, en: '', ar: '' },
    colour: 'rose',
    state: null,
    afterStageId: stages.find(({ state }: any) => state === 'confirmed').id,
    previousStageIds: stages.map(({ id }: any) => id),
  })
  if (status !== 201) throw new Error(text)
  return body.stageId
}
const deleteStage = async (id: string): Promise<void> => {
  const { version } = (await owner.get('/pipeline')).body
  const { status, text } = await owner.delete(`/pipeline/stages/${id}?version=${version}`)
  if (status >= 300) throw new Error(text)
}

describe('an operation that is stopped', () => {
  it('between two chunks keeps what is done, leaves the rest, and is taken back as far as it came', async () => {
    const ids = await given(130)
    const id = await ask({ ids, action: 'move', params: { stageId: await stageFor(owner, 'confirmed') } })
    expect(await runChunk(api.ctx(), id, { rehearsal: false })).toEqual({ over: false, changed: true })
    expect((await owner.post(`/bulk-operations/${id}/stop`, undefined, key())).body.status).toBe('stopping')
    expect(await over(id)).toMatchObject({ status: 'stopped', rows: 130, done: 100, refused: 0, undoable: true })
    const count = async (state: string) => (await owner.get(`/orders/count?state=${state}`)).body.count
    expect([await count('confirmed'), await count('new')]).toEqual([100, 30])
    const pending = await owner.get(`/bulk-operations/${id}/rows?outcome=pending&limit=200`)
    expect(pending.body.items).toHaveLength(30)
    expect(await undo(id)).toMatchObject({ status: 'done', rows: 100, done: 100, refused: 0 })
    expect([await count('confirmed'), await count('new')]).toEqual([0, 130])
  })
})

describe('a stage that is deleted meanwhile', () => {
  it('refuses every order that was to go there', async () => {
    const stageId = await givenStage()
    const ids = await given(2)
    const id = await ask({ ids, action: 'move', params: { stageId } })
    await deleteStage(stageId)
    expect(await over(id)).toMatchObject({ done: 0, refused: 2, reasons: [{ code: 'order.stage_unknown', count: 2 }] })
  })

  it('takes no order back to it', async () => {
    const stageId = await givenStage()
    const ids = await given(2, { stageId })
    const id = await ask({ ids, action: 'move', params: { stageId: await stageFor(owner, 'shipped') } })
    expect(await over(id)).toMatchObject({ done: 2 })
    await deleteStage(stageId)
    expect(await undo(id)).toMatchObject({ done: 0, refused: 2, reasons: [{ code: 'order.stage_unknown', count: 2 }] })
    for (const orderId of ids) expect((await orderOf(orderId)).state).toBe('shipped')
  })

  it('in the same instant either takes all of a chunk along or none, and keeps no order', async () => {
    for (let round = 0; round < 4; round += 1) {
      const stageId = await givenStage()
      const ids = await given(5)
      const id = await ask({ ids, action: 'move', params: { stageId } })
      await Promise.all([runChunk(api.ctx(), id, { rehearsal: false }), deleteStage(stageId)])
      const { done, refused } = await over(id)
      expect([
        [5, 0],
        [0, 5],
      ]).toContainEqual([done, refused])
      for (const orderId of ids) expect((await orderOf(orderId)).stageId).not.toBe(stageId)
    }
  })
})

it('undone by a role that may not bring orders there, leaves them where they are', async () => {
  const agent = api.as('confirmation_agent')
  const memberId = api.merchant.people.confirmation_agent.memberId
  const [id = ''] = await given(1, { assigneeId: memberId })
  await moveTo(owner, id, 'confirmed')
  const moved = await ask({ ids: [id], action: 'move', params: { stageId: await stageFor(owner, 'shipped') } })
  await over(moved)
  const rows = `update bulk_operations set member_id = '${memberId}' where id = '${moved}'`
  await api.ctx().transaction((tx) => tx.db.execute(rows))
  expect(await undo(moved, agent)).toMatchObject({ done: 0, reasons: [{ code: 'order.move_forbidden', count: 1 }] })
  expect((await orderOf(id)).state).toBe('shipped')
})

describe('parcels for many orders', () => {
  const ready = async (count: number): Promise<string[]> => {
    const ids = await given(count)
    for (const id of ids) await moveTo(owner, id, 'confirmed')
    return ids
  }

  it('are tried without making one, made one an order, and called off again', async () => {
    const { body: account } = await owner.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })
    const ids = [...(await ready(2)), ...(await given(1))]
    const wish = { ids, action: 'ship', params: { carrierAccountId: account.id } }
    const tried = await over(await ask({ ...wish, dryRun: true }))
    expect((await owner.get('/parcels')).body.items).toEqual([])
    const made = await over(await ask(wish))
    expect([made.done, made.refused, made.reasons]).toEqual([tried.done, tried.refused, tried.reasons])
    expect(made.done).toBeGreaterThan(0)
    const parcels = (await owner.get('/parcels')).body.items
    expect(parcels).toHaveLength(made.done)
    // Law 4: asked again, no order has a second live parcel.
    expect(await over(await ask(wish))).toMatchObject({ done: 0, refused: 3 })
    expect(await undo(made.id)).toMatchObject({ done: made.done, refused: 0 })
    const statuses = (await owner.get('/parcels')).body.items.map(({ status }: any) => status)
    expect(new Set(statuses)).toEqual(new Set(['cancelled']))
  })

  it('with a carrier account that is closed meanwhile are refused row by row', async () => {
    const { body: account } = await owner.post('/carrier-accounts', { carrier: 'manual', name: 'Rif Colis' })
    const id = await ask({ ids: await ready(2), action: 'ship', params: { carrierAccountId: account.id } })
    expect((await owner.delete(`/carrier-accounts/${account.id}`)).status).toBeLessThan(300)
    expect(await over(id)).toMatchObject({ done: 0, reasons: [{ code: 'carrier_account.not_ready', count: 2 }] })
  })
})
