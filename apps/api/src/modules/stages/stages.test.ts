import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { givenOrder, moveTo, stageFor } from '../../../../../tests/support/orders.ts'
import { systemActor } from '../../context.ts'
import { emptyStage, moveByRule } from '../orders/index.ts'
import { pipelineOf } from '../pipeline/index.ts'

const api = await startApi()
const owner = api.as('owner')

const pipeline = async () => (await owner.get('/pipeline')).body
const rows = async (query: string) => (await api.ctx().read((tx) => tx.db.execute(query))).rows
const events = async (id: string) => (await owner.get(`/orders/${id}/events`)).body.items
const orderOf = async (id: string) => (await owner.get(`/orders/${id}`)).body
const audit = async (type: string) => (await owner.get(`/audit-log?type=${type}`)).body.items
let named = 0
const name = (fr = `Étape ${(named += 1)}`) => ({ fr, en: '', ar: '' })

/** A stage of its own behind the one for a state, led to from anywhere. */
const givenStage = async (over: object = {}) => {
  const { version, stages } = await pipeline()
  const { status, body, text } = await owner.post('/pipeline/stages', {
    version,
    name: name(),
    colour: 'rose',
    state: null,
    afterStageId: stages.find(({ state }: any) => state === 'confirmed').id,
    previousStageIds: stages.map(({ id }: any) => id),
    ...over,
  })
  if (status !== 201) throw new Error(text)
  return body.pipeline.stages.find(({ id }: any) => id === body.stageId)
}
const edit = async (id: string, settings: object, query = '') =>
  owner.patch(`/pipeline/stages/${id}${query}`, { version: (await pipeline()).version, ...settings })
const enter = async (id: string, stageId: string, over: object = {}) => {
  const { version } = await orderOf(id)
  return owner.post(`/orders/${id}/move`, { stageId, version, ...over })
}
const ordersOn = async (stageId: string, count: number) => {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push((await givenOrder(owner, { stageId })).id)
  return ids
}

describe('renaming and reordering', () => {
  it('touch no order', async () => {
    const stage = await givenStage()
    const [id] = await ordersOn(stage.id, 1)
    const before = await rows(`select * from orders where id = '${id}'`)
    const renamed = await edit(stage.id, { name: name('Contrôle'), colour: 'blue', description: 'Avant l’envoi' })
    expect(renamed.body).toMatchObject({ ordersNow: 1, reclassified: 0, inBackground: false, movedToStageId: null })
    const { version, stages } = renamed.body.pipeline
    const reversed = stages.map((one: any) => one.id).toReversed()
    const ordered = await owner.put('/pipeline/order', { version, stageIds: reversed })
    expect(ordered.body.stages.map((one: any) => one.id)).toEqual(reversed)
    expect(await rows(`select * from orders where id = '${id}'`)).toEqual(before)
    const back = await owner.put('/pipeline/order', { version: ordered.body.version, stageIds: reversed.toReversed() })
    expect(back.status).toBe(200)
    const [edited] = await audit('stage.edited')
    expect(edited).toMatchObject({
      before: { colour: 'rose' },
      after: { colour: 'blue', description: 'Avant l’envoi' },
    })
  })

  it('are refused to who saw an older pipeline, who is told who was quicker and what it is now', async () => {
    const stage = await givenStage()
    const { version } = await pipeline()
    const stale = { version, name: name('À moi') }
    expect((await owner.patch(`/pipeline/stages/${stage.id}`, { version, name: name('À eux') })).status).toBe(200)
    const late = await api.as('manager').patch(`/pipeline/stages/${stage.id}`, stale)
    expect([late.status, late.body.code]).toEqual([409, 'pipeline.changed_meanwhile'])
    expect(late.body.params.by.name).toBe('Test owner')
    expect(late.body.current.version).toBe(version + 1)
    expect(late.body.current.stages.find(({ id }: any) => id === stage.id).name.fr).toBe('À eux')
    const forced = await api.as('manager').patch(`/pipeline/stages/${stage.id}`, { ...stale, version: version + 1 })
    expect(forced.status).toBe(200)
  })

  it('let one of many win who edit at once', async () => {
    const stage = await givenStage()
    const { version } = await pipeline()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => owner.patch(`/pipeline/stages/${stage.id}`, { version, name: name() })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'pipeline.changed_meanwhile')).toHaveLength(7)
  })
})

describe('deleting a stage', () => {
  it('tells first how many orders are and were there and where they go, and changes nothing', async () => {
    const stage = await givenStage()
    const [here, gone] = await ordersOn(stage.id, 2)
    await enter(gone as string, await stageFor(owner, 'to_confirm'))
    const before = await pipeline()
    const { status, body } = await owner.delete(`/pipeline/stages/${stage.id}?dryRun=true`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      dryRun: true,
      ordersNow: 1,
      ordersEver: { count: 2, capped: false },
      reclassified: 1,
      movedToStageId: await stageFor(owner, 'confirmed'),
      statesWithoutStage: [],
      inBackground: false,
      pipeline: null,
    })
    expect(await pipeline()).toEqual(before)
    expect((await orderOf(here as string)).stageId).toBe(stage.id)
  })

  it('moves its orders to the nearest one as recorded moves by the system, without effects, and it is still named', async () => {
    const stage = await givenStage({ state: 'confirmed' })
    const nearest = await stageFor(owner, 'confirmed')
    await edit(nearest, { effects: [{ kind: 'create_parcel', carrierAccountId: null }] })
    const [id] = await ordersOn(stage.id, 1)
    const before = await orderOf(id as string)
    const { body } = await owner.delete(`/pipeline/stages/${stage.id}`)
    expect(body.pipeline.stages.map((one: any) => one.id)).not.toContain(stage.id)
    const after = await orderOf(id as string)
    expect(after).toMatchObject({
      stageId: nearest,
      state: 'confirmed',
      version: before.version + 1,
      undoEventId: null,
    })
    // Nobody touched it: in the same state its clock goes on.
    expect(after.stateSince).toBe(before.stateSince)
    const [move] = await events(id as string)
    expect(move).toMatchObject({ type: 'order.moved', actor: { kind: 'system' }, undoable: false, effects: [] })
    expect(move.before.stageId).toBe(stage.id)
    expect((await pipeline()).pastStages).toContainEqual({
      id: stage.id,
      name: stage.name,
      colour: 'rose',
      state: 'confirmed',
      leaving: false,
    })
    await edit(nearest, { effects: [] })
    expect((await audit('stage.deleted'))[0].before.id).toBe(stage.id)
  })

  it('is over at once for a few, and for many in the background, in parts that a kill cannot undo', async () => {
    const stage = await givenStage()
    const ids = await ordersOn(stage.id, 130)
    const nearest = await stageFor(owner, 'confirmed')
    const { body } = await owner.delete(`/pipeline/stages/${stage.id}`)
    expect(body).toMatchObject({ inBackground: true, ordersNow: 130 })
    const count = async (stageId: string) =>
      Number(
        (await rows(`select count(*) from orders where stage_id = '${stageId}' and id in ('${ids.join("','")}')`))[0]
          ?.count,
      )
    expect(await count(nearest)).toBe(100)
    expect((await pipeline()).pastStages).toContainEqual(expect.objectContaining({ id: stage.id, leaving: true }))
    const refused = await enter(ids[0] as string, stage.id)
    expect(refused.body.code).toBe('order.stage_unknown')
    // A process that dies in the middle of a part leaves nothing of it.
    const ctx = api.ctx()
    await expect(
      ctx.transaction(async (tx) => {
        expect(await emptyStage(ctx, tx, await pipelineOf(tx), stage)).toBe(30)
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    expect(await count(nearest)).toBe(100)
    await api.runJobs()
    expect(await count(nearest)).toBe(130)
    expect((await pipeline()).pastStages).toContainEqual(expect.objectContaining({ id: stage.id, leaving: false }))
    const moves = await rows(
      `select count(*) from events where type = 'order.moved' and before ->> 'stageId' = '${stage.id}'`,
    )
    expect(Number(moves[0]?.count)).toBe(130)
  })

  it('leaves no order behind, whoever moves one there meanwhile', async () => {
    const stage = await givenStage()
    const ids = await Promise.all(Array.from({ length: 12 }, async () => (await givenOrder(owner)).id))
    const [removed, ...moves] = await Promise.all([
      owner.delete(`/pipeline/stages/${stage.id}`),
      ...ids.map((id) => enter(id, stage.id)),
    ])
    expect(removed?.status).toBe(200)
    for (const { status, body } of moves)
      if (status !== 200) expect(['order.stage_unknown', 'order.changed_meanwhile']).toContain(body.code)
    await api.runJobs()
    const known = (await pipeline()).stages.map(({ id }: any) => id)
    for (const id of ids) expect(known).toContain((await orderOf(id)).stageId)
  })

  it('takes away the way back of a move that came from there', async () => {
    const stage = await givenStage()
    const [id] = await ordersOn(stage.id, 1)
    const moved = (await enter(id as string, await stageFor(owner, 'to_confirm'))).body
    await owner.delete(`/pipeline/stages/${stage.id}`)
    const undone = await owner.post(`/orders/${id}/undo`, { eventId: moved.undoEventId, version: moved.version })
    expect([undone.status, undone.body.code]).toEqual([422, 'order.stage_unknown'])
  })

  it('of the last one of a state is told beforehand, and rules raise a flag from then on', async () => {
    const returned = await stageFor(owner, 'returned')
    const { body } = await owner.delete(`/pipeline/stages/${returned}?dryRun=true`)
    expect(body.statesWithoutStage).toEqual(['returned'])
    expect((await owner.delete(`/pipeline/stages/${returned}`)).status).toBe(200)
    const { id } = await givenOrder(owner)
    const ctx = api.ctx().inMerchant(api.merchant.merchantId, systemActor('carrier', null, 'Sendit'))
    await ctx.transaction((tx) => moveByRule(ctx, tx, { orderId: id, state: 'returned' }))
    expect(await orderOf(id)).toMatchObject({ state: 'new', flag: 'no_stage' })
    await givenStage({ state: 'returned', terminal: true })
  })

  it('and deactivating are refused for the last stage of new orders', async () => {
    const first = await stageFor(owner, 'new')
    const answers = [
      await owner.delete(`/pipeline/stages/${first}`),
      await edit(first, { active: false }),
      await edit(first, { state: 'to_confirm' }),
    ]
    for (const { status, body } of answers) expect([status, body.code]).toEqual([409, 'pipeline.first_stage_needed'])
  })
})

describe('changing what a stage stands for', () => {
  it('reclassifies its orders from now on; what was counted and written stays', async () => {
    const stage = await givenStage({ state: 'to_confirm' })
    const [id] = await ordersOn(stage.id, 1)
    const firsts = `select first_to_confirm_at, first_confirmed_at from orders where id = '${id}'`
    const [counted] = await rows(firsts)
    const told = await events(id as string)
    const asked = await edit(stage.id, { state: 'confirmed' }, '?dryRun=true')
    expect(asked.body).toMatchObject({ reclassified: 1, ordersNow: 1 })
    expect((await orderOf(id as string)).state).toBe('to_confirm')
    const before = await orderOf(id as string)
    await edit(stage.id, { state: 'confirmed' })
    expect(await orderOf(id as string)).toMatchObject({ state: 'confirmed', version: before.version })
    const [after] = await rows(firsts)
    expect(after?.first_to_confirm_at).toEqual(counted?.first_to_confirm_at)
    expect(after?.first_confirmed_at).not.toBeNull()
    const [change, ...past] = await events(id as string)
    expect(change).toMatchObject({
      type: 'order.reclassified',
      actor: { kind: 'system' },
      before: { state: 'to_confirm' },
      after: { state: 'confirmed' },
    })
    expect(past).toEqual(told)
  })

  it('follows in the background for many, and once more for those who came in by the old pipeline', async () => {
    const stage = await givenStage({ state: 'to_confirm' })
    const ids = await ordersOn(stage.id, 120)
    const { body } = await edit(stage.id, { state: 'unreachable' })
    expect(body).toMatchObject({ reclassified: 120, inBackground: true })
    await api.runJobs()
    const states = `select distinct state from orders where stage_id = '${stage.id}'`
    expect(await rows(states)).toEqual([{ state: 'unreachable' }])
    await api.ctx().transaction((tx) => tx.db.execute(`update orders set state = 'to_confirm' where id = '${ids[0]}'`))
    await api.ctx().transaction((tx) => {
      const ctx = api.ctx()
      ctx.enqueue(tx, 'stages.realign', { merchantId: ctx.merchantId, stageId: stage.id })
      return Promise.resolve()
    })
    await api.runJobs()
    expect(await rows(states)).toEqual([{ state: 'unreachable' }])
  })

  it('gives the orders on it a new age limit and end, without a word in their history', async () => {
    const stage = await givenStage({ ageLimitMinutes: 60 })
    const [id] = await ordersOn(stage.id, 1)
    const before = await orderOf(id as string)
    const told = await events(id as string)
    await edit(stage.id, { ageLimitMinutes: 120 })
    expect(Date.parse((await orderOf(id as string)).lateAt)).toBeGreaterThan(Date.parse(before.lateAt))
    await edit(stage.id, { ageLimitMinutes: null, terminal: true })
    expect((await orderOf(id as string)).lateAt).toBeNull()
    expect((await rows(`select ended_at from orders where id = '${id}'`))[0]?.ended_at).not.toBeNull()
    expect(await events(id as string)).toEqual(told)
  })

  it('puts an undone order back in what the stage stands for now', async () => {
    const stage = await givenStage({ state: 'to_confirm' })
    const [id] = await ordersOn(stage.id, 1)
    const moved = (await enter(id as string, await stageFor(owner, 'unreachable'))).body
    await edit(stage.id, { state: 'confirmed' })
    const undone = await owner.post(`/orders/${id}/undo`, { eventId: moved.undoEventId, version: moved.version })
    expect(undone.body).toMatchObject({ stageId: stage.id, state: 'confirmed' })
  })
})

describe('a deactivated stage', () => {
  it('leaves board and menus; its orders stay in the list', async () => {
    const stage = await givenStage()
    const [id] = await ordersOn(stage.id, 1)
    expect((await edit(stage.id, { active: false })).status).toBe(200)
    const columns = (await owner.get('/board')).body.columns.map((column: any) => column.stageId)
    expect(columns).not.toContain(stage.id)
    expect((await owner.get(`/orders?stageId=${stage.id}`)).body.items.map((one: any) => one.id)).toEqual([id])
    const other = await givenOrder(owner)
    expect((await enter(other.id, stage.id)).body.code).toBe('order.stage_unknown')
  })
})

describe('trying a stage', () => {
  it('tells for the newest orders what a move there would meet, with settings that are not stored', async () => {
    const stage = await givenStage()
    const ready = await givenOrder(owner)
    const bare = await givenOrder(owner, { shippingAddress: { line: 'Derb 4', city: 'Nulle part' } })
    const [there] = await ordersOn(stage.id, 1)
    const before = await pipeline()
    const settings = { requires: ['city'], effects: [{ kind: 'create_parcel', carrierAccountId: null }] }
    const { status, body } = await owner.post(`/pipeline/stages/${stage.id}/try`, settings)
    expect(status).toBe(200)
    const of = (id: string) => body.items.find(({ orderId }: any) => orderId === id)
    expect(of(ready.id)).toMatchObject({ outcome: 'would_enter', effects: ['create_parcel'], refusal: null })
    expect(of(bare.id)).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'order.field_required', params: { fields: ['city'] } },
    })
    expect(of(there as string)).toMatchObject({ outcome: 'already_there' })
    expect(body.items.length).toBeLessThanOrEqual(20)
    expect(await pipeline()).toEqual(before)
  })
})

describe('templates', () => {
  it('move no order: stages that hold some stay, empty ones that the template lacks go', async () => {
    const held = await givenStage()
    const [id] = await ordersOn(held.id, 1)
    const bare = await givenStage()
    const before = await rows(`select id, stage_id, state from orders order by id`)
    const { version } = await pipeline()
    const asked = await owner.post('/pipeline/apply-template?dryRun=true', { version, template: 'own_fleet' })
    expect(asked.body.removedStageIds).toContain(bare.id)
    expect(asked.body.keptStageIds).toContain(held.id)
    expect((await pipeline()).version).toBe(version)
    const { status, body } = await owner.post('/pipeline/apply-template', { version, template: 'own_fleet' })
    expect(status).toBe(200)
    const names = body.pipeline.stages.map((stage: any) => stage.name.fr)
    expect(names).toEqual(expect.arrayContaining(['En tournée', 'Confiée au livreur', held.name.fr]))
    expect(names).not.toContain(bare.name.fr)
    expect(await rows(`select id, stage_id, state from orders order by id`)).toEqual(before)
    expect((await orderOf(id as string)).stageId).toBe(held.id)
    const { items } = (await owner.get('/pipeline/templates')).body
    expect(items.map(({ key }: any) => key)).toEqual(['cod', 'prepaid', 'drop_shipping', 'own_fleet', 'empty'])
  })
})

describe('reasons', () => {
  it('are added, renamed and archived; orders keep the one they have', async () => {
    const { version } = await pipeline()
    const made = await owner.post('/pipeline/reasons', {
      version,
      state: 'cancelled',
      name: name('Client injoignable'),
    })
    expect(made.status).toBe(201)
    const reason = made.body.reasons.find((one: any) => one.name.fr === 'Client injoignable')
    const order = await givenOrder(owner)
    const cancelled = await moveTo(owner, order.id, 'cancelled', { reasonId: reason.id })
    expect(cancelled.status).toBe(200)
    const archived = await owner.patch(`/pipeline/reasons/${reason.id}`, { version: version + 1, active: false })
    expect(archived.status).toBe(200)
    expect((await orderOf(order.id)).reasonId).toBe(reason.id)
    const other = await givenOrder(owner)
    expect((await moveTo(owner, other.id, 'cancelled', { reasonId: reason.id })).body.code).toBe('order.reason_unknown')
    const stale = await owner.patch(`/pipeline/reasons/${reason.id}`, { version, active: true })
    expect(stale.body.code).toBe('pipeline.changed_meanwhile')
  })
})

it('refuses settings that make no sense, beside their field', async () => {
  const stage = await givenStage()
  const field = async (settings: object) => (await edit(stage.id, settings)).body.fields?.[0]
  expect(await field({ nextStageIds: [stage.id] })).toEqual({ path: 'nextStageIds', code: 'itself' })
  expect(await field({ name: name('Nouvelle') })).toEqual({ path: 'name.fr', code: 'taken' })
  expect(await field({ requires: ['reason'] })).toEqual({ path: 'requires', code: 'no_reasons' })
  const foreign = [{ kind: 'create_parcel', carrierAccountId: crypto.randomUUID() }]
  expect(await field({ effects: foreign })).toEqual({ path: 'effects', code: 'not_in_list' })
})
