import type { Step } from '@sendocki/domain/onboarding/onboarding'
import { describe, expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { givenOrder } from '../../../../../tests/support/orders.ts'
import { genericStore } from '../../../../../tests/support/shops.ts'

const api = await startApi()
const owner = api.asRival('owner')
const manager = api.asRival('manager')

const statusOf = async (key: Step, client = owner): Promise<string> => {
  const { body } = await client.get('/onboarding')
  return body.steps.find((step: { key: Step }) => step.key === key).status
}

describe('the first steps of a merchant', () => {
  it('follow the facts, not the clicks', async () => {
    const account = await owner.get('/onboarding')
    expect(account.body).toMatchObject({ next: 'store', finished: false, putAway: false })
    await genericStore({ ...api, as: api.asRival })
    expect(await statusOf('store')).toBe('done')
    const made = await owner.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })
    expect([made.status, await statusOf('carrier')]).toEqual([201, 'done'])
    expect(await statusOf('first_order')).toBe('todo')
    await givenOrder(owner)
    expect((await owner.get('/onboarding')).body).toMatchObject({ next: 'whatsapp', finished: false })
    expect(await statusOf('whatsapp')).toBe('todo')
  })

  it('can be undone by facts too: without a carrier the step waits again', async () => {
    const [{ id }] = (await owner.get('/carrier-accounts')).body.items
    const disabled = await owner.delete(`/carrier-accounts/${id}`)
    expect([disabled.status, await statusOf('carrier')]).toEqual([200, 'todo'])
  })

  it('are skipped and taken up again for everybody who leads the shop, and it is written down who wished it', async () => {
    const skipped = await manager.patch('/onboarding', { skip: ['carrier', 'store'] })
    expect(skipped.status).toBe(200)
    // A fact is stronger than a wish.
    expect([await statusOf('carrier'), await statusOf('store')]).toEqual(['skipped', 'done'])
    await owner.patch('/onboarding', { resume: ['carrier'] })
    expect(await statusOf('carrier', manager)).toBe('todo')
    const { items } = (await owner.get('/audit-log?type=onboarding.changed')).body
    expect(items).toMatchObject([
      { actor: { id: api.rival.people.owner.memberId }, after: { skipped: ['store'] } },
      {
        actor: { id: api.rival.people.manager.memberId },
        before: { skipped: [] },
        after: { skipped: ['store', 'carrier'] },
      },
    ])
  })

  it('are put away and brought back, and a wish that changes nothing leaves no trace', async () => {
    expect((await owner.patch('/onboarding', { putAway: true })).body.putAway).toBe(true)
    await owner.patch('/onboarding', { putAway: true })
    expect((await manager.get('/onboarding')).body.putAway).toBe(true)
    expect((await owner.patch('/onboarding', { putAway: false })).body.putAway).toBe(false)
    expect((await owner.get('/audit-log?type=onboarding.changed')).body.items).toHaveLength(4)
  })

  it('survive two wishes at once: none is lost', async () => {
    await Promise.all(
      (['team', 'carrier', 'first_order'] as const).map((step) => owner.patch('/onboarding', { skip: [step] })),
    )
    // The log goes by when each was asked, and the one that was stored last was not asked last.
    const { items } = (await owner.get('/audit-log?type=onboarding.changed&limit=3')).body
    const stored = items.map(({ after }: { after: { skipped: string[] } }) => after.skipped)
    expect(stored).toContainEqual(['team', 'store', 'carrier', 'first_order'])
  })

  it('refuse what is no step', async () => {
    for (const body of [{ skip: ['lunch'] }, { skip: [] }, { done: ['store'] }])
      expect((await owner.patch('/onboarding', body)).status).toBe(400)
  })

  it('are the own merchant’s only', async () => {
    expect((await api.as('owner').get('/onboarding')).body.putAway).toBe(false)
    expect(await statusOf('store', api.as('owner'))).toBe('todo')
  })
})
