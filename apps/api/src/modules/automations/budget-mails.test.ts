import { handlers } from '@sendocki/api/handlers'
import { expect, it } from 'vitest'
import { playAutomations } from '../../../../../tests/support/automations.ts'
import { startMailbox } from '../../../../../tests/support/mailbox.ts'
import { startWhatsApp } from '../../../../../tests/support/whatsapp.ts'
import type { JobCtx } from '../../context.ts'

const mailbox = await startMailbox()
const world = await startWhatsApp({ SMTP_URL: mailbox.url })
const { api, owner, hurry } = world
const hour = 3_600_000
const { freshPhone, make, off, orderOf, runsOf } = await playAutomations(world)

it('the owner hears by mail of 80 and of 100 per cent of the budget, once a month, whoever sends at the same time', async () => {
  // A budget of six confirmations.
  const { settings, version } = (await owner.get('/automation-settings')).body
  await owner.put('/automation-settings', { version, settings: { ...settings, monthlyBudgetCentimes: 24 } })
  const automation = await make({ delaySeconds: 3600 })
  const orders = []
  for (let count = 0; count < 8; count += 1) orders.push(await orderOf(freshPhone()))
  const runs = (await Promise.all(orders.map(({ id }) => runsOf(id)))).flat()
  api.clock.advance(hour + 1000)
  const ctx = {
    ...api.ctx(),
    ports: api.deps.ports,
    job: { name: 'automations.send', attempt: 1, lastAttempt: false },
  }
  const { merchantId, people } = api.merchant
  await Promise.all(runs.map(({ id }) => handlers['automations.send'](ctx as JobCtx, { merchantId, runId: id })))
  await hurry()
  const { body } = await owner.get('/automation-costs')
  expect(body).toMatchObject({ messages: 8, microDirhams: 320_000, reached: 100 })
  const subjects = mailbox
    .to(people.owner.email)
    .map(({ subject }) => subject)
    .filter((subject) => subject.includes('WhatsApp'))
  expect(subjects.filter((subject) => subject.startsWith('80'))).toHaveLength(1)
  expect(subjects.filter((subject) => subject.startsWith('Le budget'))).toHaveLength(1)
  await owner.put('/automation-settings', { version: version + 1, settings })
  await off(automation)
})
