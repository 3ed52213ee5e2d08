import { moroccoZone } from '@sendocki/domain/time'
import { expect, it } from 'vitest'
import { browser, newAccount } from '../../../../../tests/support/account.ts'
import { startApi } from '../../../../../tests/support/app.ts'
import { startMailbox } from '../../../../../tests/support/mailbox.ts'
import { identityJobs } from './identity.jobs.ts'
import { foundMerchant, insertUser } from './index.ts'

const mailbox = await startMailbox()
const api = await startApi({ env: { SMTP_URL: mailbox.url, SANDBOX: 'on', SANDBOX_PORT: '4987' } })
/** The same with the sandbox off, as in production. */
const closed = await startApi()
const nobody = browser(api)

it('tells who one is, where one is a member and with what rights', async () => {
  const { body } = await api.as('confirmation_agent').get('/me')
  const person = api.merchant.people.confirmation_agent
  expect(body).toMatchObject({
    user: { id: person.userId, email: person.email },
    memberships: [{ merchantId: api.merchant.merchantId, merchantName: 'Dar Argan', memberId: person.memberId }],
    merchant: { id: api.merchant.merchantId },
    sessionId: person.sessionId,
  })
  expect(body.memberships[0].role).toMatchObject({ key: 'confirmation_agent', scope: ['queue', 'own', 'team'] })
  expect((await nobody.client.get('/me')).status).toBe(401)
})

it('tells how the clock in Morocco stands for two years each way, from day to day', async () => {
  const day = 86_400_000
  const told = async () => (await api.as('viewer').get('/me')).body.clock
  const { changes, until } = await told()
  const now = api.clock.now().setUTCSeconds(0, 0)
  expect([Date.parse(changes[0].from) < now - 700 * day, Date.parse(until) > now + 700 * day]).toEqual([true, true])
  for (let at = now - 700 * day; at <= now + 700 * day; at += 5 * day) {
    const { minutes } = changes.findLast(({ from }: { from: string }) => Date.parse(from) <= at)
    const shown = new Date(at).toLocaleString('sv-SE', { timeZone: moroccoZone }).replace(' ', 'T')
    expect(minutes, shown).toBe((Date.parse(`${shown}Z`) - at) / 60_000)
  }
  api.clock.advance(day)
  expect(Date.parse((await told()).until)).toBe(Date.parse(until) + day)
  api.clock.advance(-day)
})

it("changes a person's name and language, and the name that colleagues see", async () => {
  const { from } = await newAccount(api, mailbox)
  const { user } = (await from.signedIn().get('/me')).body
  const answer = await from
    .signedIn()
    .patch('/me', { version: user.version, fullName: 'Salma Bennani', language: 'ar' })
  expect(answer.body).toMatchObject({ fullName: 'Salma Bennani', language: 'ar', version: user.version + 1 })
  expect((await from.signedIn().get('/members')).body.items[0].fullName).toBe('Salma Bennani')
  const stale = await from.signedIn().patch('/me', { version: user.version, fullName: 'Autre' })
  expect([stale.status, stale.body.code, stale.body.current.fullName]).toEqual([
    409,
    'member.changed_meanwhile',
    'Salma Bennani',
  ])
  const [entry] = (await from.signedIn().get('/audit-log?type=member.edited')).body.items
  expect(entry.data).toEqual({ changed: ['fullName', 'language'] })
})

it('changes the merchant, for owners and managers, from the newest version only', async () => {
  const { version } = (await api.as('owner').get('/merchant')).body
  const answer = await api.as('manager').patch('/merchant', { version, name: 'Dar Argan Atlas' })
  expect(answer.body).toMatchObject({ name: 'Dar Argan Atlas', version: version + 1 })
  expect((await api.as('owner').patch('/merchant', { version, name: 'Autre' })).body.code).toBe(
    'merchant.changed_meanwhile',
  )
  for (const role of ['confirmation_agent', 'delivery_agent', 'viewer'] as const)
    expect((await api.as(role).patch('/merchant', { version: version + 1, name: 'Autre' })).status).toBe(403)
  expect((await api.asRival('owner').get('/merchant')).body.name).toBe('Noor Mode')
})

it('writes down who was refused for want of a right, once however often they knock', async () => {
  for (let n = 0; n < 3; n += 1) expect((await api.as('viewer').get('/audit-log')).status).toBe(403)
  const { items } = (await api.as('owner').get('/audit-log?type=member.refused')).body
  const { memberId } = api.merchant.people.viewer
  const knocks = items.filter(
    (entry: { actor: { id: string }; data: { operationId: string } }) =>
      entry.actor.id === memberId && entry.data.operationId === 'listAuditEntries',
  )
  expect(knocks.map(({ data }: { data: { code: string } }) => data.code)).toEqual(['auth.forbidden'])
})

it('offers the demo once there is a demo merchant, and signs visitors in as its owner', async () => {
  expect((await nobody.client.get('/instance')).body).toEqual({
    ...{ sandbox: true, sandboxUrl: 'http://127.0.0.1:4987', demo: false },
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  })
  expect((await nobody.post('/auth/demo')).body.code).toBe('demo.not_available')
  const ctx = api.ctx()
  await ctx.platform(async (tx) => {
    const owner = await insertUser(tx, {
      ...{ id: ctx.newId(), email: 'demo@sendocki.example', fullName: 'Nadia Chraibi', passwordHash: 'none' },
      ...{ language: 'fr', createdAt: ctx.now.toISOString() },
    })
    if (!owner) throw new Error('The demo owner was not made.')
    await foundMerchant(ctx, tx, { name: 'Démo', language: 'fr', country: 'MA', owner, isDemo: true })
  })
  expect((await nobody.client.get('/instance')).body.demo).toBe(true)
  const visitor = browser(api)
  expect((await visitor.post('/auth/demo')).body.merchant.name).toBe('Démo')
  expect((await visitor.signedIn().get('/me')).body.memberships[0].role.key).toBe('owner')
})

it('has no demo while the sandbox is off', async () => {
  expect((await closed.withToken(null).post('/auth/demo', {})).status).toBe(404)
  expect((await closed.withToken(null).get('/instance')).body).toMatchObject({ sandbox: false, sandboxUrl: null })
})

it('forgets what is over, and nothing else', async () => {
  const { from, email } = await newAccount(api, mailbox)
  await nobody.post('/auth/password/forgot', { email })
  await nobody.post('/auth/sign-up', {
    ...{ email: 'jamais@boutique.example', password: 'trois figues et un puits' },
    ...{ fullName: 'Personne', merchantName: 'Rien' },
  })
  const count = async () => {
    const { rows } = await api.deps.world.database.platform(
      async (tx) =>
        (await tx.db.execute(`select (select count(*) from sign_ups) as sign_ups, (select count(*) from rate_counters)
          as counters, (select count(*) from password_resets) as resets, (select count(*) from sessions) as sessions`)) as unknown as {
          rows: Record<string, string>[]
        },
    )
    return rows[0]
  }
  const clean = () => identityJobs['schedule.cleanup']({ ...api.ctx(), now: api.clock.now() } as never)
  const before = await count()
  await clean()
  expect(await count()).toEqual(before)
  api.clock.advance(2 * 86_400_000)
  await clean()
  expect(await count()).toMatchObject({ sign_ups: '0', counters: '0', resets: '0', sessions: before?.sessions })
  api.clock.advance(92 * 86_400_000)
  await clean()
  expect(Number((await count())?.sessions)).toBeLessThan(Number(before?.sessions))
  expect((await from.post('/auth/refresh')).status).toBe(401)
})
