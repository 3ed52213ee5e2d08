import pg from 'pg'
import { expect, it } from 'vitest'
import { browser, goodPassword, newAccount } from '../../../../../tests/support/account.ts'
import { startApi } from '../../../../../tests/support/app.ts'
import { addFault, startMailbox } from '../../../../../tests/support/mailbox.ts'

const mailbox = await startMailbox()
const api = await startApi({ env: { SMTP_URL: mailbox.url } })
const nobody = browser(api)
const { people } = api.merchant
let count = 0
const address = () => `invitee${++count}@boutique.example`

const invite = async (email: string, roleId = people.viewer.roleId) => {
  const answer = await api.as('owner').post('/invitations', { email, roleId })
  expect(answer.status, answer.text).toBe(201)
  return answer.body as { id: string; email: string; expiresAt: string }
}
const tokenFor = async (email: string): Promise<string> => {
  await api.runJobs()
  return /\/invitation\?token=([\w-]{43})$/m.exec(mailbox.to(email)[0]?.text ?? '')?.[1] ?? 'no link'
}
const accept = (token: string, fields: object = { fullName: 'Karim Alaoui', password: goodPassword }) =>
  browser(api).post('/invitations/accept', { token, ...fields })

it('makes a member of somebody new, by the link from the mail, with a name and a password', async () => {
  const email = address()
  const invitation = await invite(email.toUpperCase())
  expect(invitation.email).toBe(email)
  const token = await tokenFor(email)
  const look = await nobody.post('/invitations/look', { token })
  expect(look.body).toEqual({
    email,
    merchantName: 'Dar Argan',
    roleKey: 'viewer',
    roleName: 'viewer',
    signInFirst: false,
  })
  const there = browser(api)
  const answer = await there.post('/invitations/accept', { token, fullName: 'Karim Alaoui', password: goodPassword })
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({ user: { email }, merchant: { id: api.merchant.merchantId } })
  expect((await there.signedIn().get('/me')).body.memberships[0].role.key).toBe('viewer')
  expect((await there.post('/auth/refresh')).status).toBe(200)
})

it('asks somebody new for a name and a good password', async () => {
  const email = address()
  await invite(email)
  const token = await tokenFor(email)
  const bare = await accept(token, {})
  expect(bare.body.fields).toEqual([
    { path: 'fullName', code: 'missing' },
    { path: 'password', code: 'missing' },
  ])
  const easy = await accept(token, { fullName: 'Karim Alaoui', password: 'karimalaoui2025' })
  expect(easy.body.code).toBe('password.own_words')
  expect((await accept(token)).status).toBe(201)
})

it('lets only the account of the address accept, signed in', async () => {
  const guest = await newAccount(api, mailbox)
  const other = await newAccount(api, mailbox)
  await invite(guest.email)
  const token = await tokenFor(guest.email)
  expect((await nobody.post('/invitations/look', { token })).body.signInFirst).toBe(true)
  for (const who of [browser(api).client, other.from.signedIn()]) {
    const refused = await who.post('/invitations/accept', { token, fullName: 'Voleur', password: goodPassword })
    expect([refused.status, refused.body.code]).toEqual([409, 'auth.sign_in_first'])
  }
  const joined = await guest.from.signedIn().post('/invitations/accept', { token })
  expect([joined.status, joined.body.merchant.id]).toEqual([201, api.merchant.merchantId])
})

it('never makes an owner', async () => {
  const answer = await api.as('owner').post('/invitations', { email: address(), roleId: people.owner.roleId })
  expect([answer.status, answer.body.code]).toEqual([422, 'invitation.never_owner'])
})

it('takes a link once, also when it is used twice at once', async () => {
  const email = address()
  await invite(email)
  const token = await tokenFor(email)
  const answers = await Promise.all([accept(token), accept(token)])
  expect(answers.map(({ status }) => status).sort()[0]).toBe(201)
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect((await accept(token)).body.code).toBe('auth.link_expired')
})

it('takes a link once from a known person too', async () => {
  const guest = await newAccount(api, mailbox)
  await invite(guest.email)
  const token = await tokenFor(guest.email)
  const answers = await Promise.all([1, 2].map(() => guest.from.signedIn().post('/invitations/accept', { token })))
  expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'auth.link_expired'])
})

it('takes a link for seven days, not after it was revoked, replaced, or guessed', async () => {
  const [late, revoked, replaced] = [address(), address(), address()]
  for (const email of [late, revoked, replaced]) await invite(email)
  const [lateToken, revokedToken, replacedToken] = [
    await tokenFor(late),
    await tokenFor(revoked),
    await tokenFor(replaced),
  ]
  const { items } = (await api.as('owner').get('/invitations')).body
  const { id } = items.find((invitation: { email: string }) => invitation.email === revoked)
  expect((await api.as('owner').delete(`/invitations/${id}`)).status).toBe(204)
  expect((await api.as('owner').delete(`/invitations/${id}`)).body.code).toBe('invitation.not_found')
  await invite(replaced)
  for (const token of [revokedToken, replacedToken, 'x'.repeat(43)])
    expect((await accept(token)).body.code).toBe('auth.link_expired')
  expect((await accept(await tokenFor(replaced))).status).toBe(201)
  api.clock.advance(7 * 86_400_000 + 1000)
  expect((await accept(lateToken)).body.code).toBe('auth.link_expired')
})

it('refuses to invite a member again', async () => {
  const answer = await api
    .as('owner')
    .post('/invitations', { email: people.manager.email, roleId: people.viewer.roleId })
  expect([answer.status, answer.body.code]).toEqual([409, 'member.already_there'])
  expect(answer.body.params).toEqual({ memberId: people.manager.memberId, disabled: false })
})

it('lists what waits, newest first, and nothing else', async () => {
  const [one, two] = [address(), address()]
  await invite(one)
  await invite(two)
  await accept(await tokenFor(one))
  const { items } = (await api.as('manager').get('/invitations')).body
  const emails = items.map(({ email }: { email: string }) => email)
  expect(emails[0]).toBe(two)
  expect(emails).not.toContain(one)
  expect(items[0]).toMatchObject({ role: { key: 'viewer' }, invitedBy: { name: 'Test owner' } })
  expect(JSON.stringify(items)).not.toMatch(/token/i)
})

it("law 2: revokes no invitation of another merchant's", async () => {
  const { id } = await invite(address())
  const answer = await api.asRival('owner').delete(`/invitations/${id}`)
  expect([answer.status, answer.body.code]).toEqual([404, 'invitation.not_found'])
})

it('sends one mail for a repeated request with the same key', async () => {
  const email = address()
  const send = () =>
    api
      .as('owner')
      .post('/invitations', { email, roleId: people.viewer.roleId }, { 'idempotency-key': `invite-${email}` })
  const [first, again] = [await send(), await send()]
  expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true'])
  expect(again.body).toEqual(first.body)
  await api.runJobs()
  expect(mailbox.to(email)).toHaveLength(1)
})

it('limits invitations to one address', async () => {
  const email = address()
  for (let n = 0; n < 5; n += 1) await invite(email)
  const sixth = await api.as('owner').post('/invitations', { email, roleId: people.viewer.roleId })
  expect([sixth.status, sixth.body.code]).toEqual([429, 'request.too_many'])
})

it('keeps tokens hashed and the mail sealed until it is sent', async () => {
  const email = address()
  await invite(email)
  const stored = await api.deps.world.database.platform(async (tx) =>
    JSON.stringify((await tx.db.execute("select encode(token_hash, 'base64') from invitations")) as unknown),
  )
  const token = await tokenFor(email)
  expect(stored).not.toContain(token)
})

it('sends again, once, what the mail server refused for a moment', async () => {
  const email = address()
  addFault(mailbox.faults, { provider: 'mailbox', kind: 'http_500', times: 1 })
  await invite(email)
  await api.runJobs()
  expect(mailbox.to(email)).toEqual([])
  // The next try is seconds away; the test does not wait for it.
  const owner = new pg.Client({ connectionString: api.databaseUrl })
  await owner.connect()
  await owner.query('update graphile_worker._private_jobs set run_at = now()')
  await owner.end()
  await api.runJobs()
  expect(mailbox.to(email)).toHaveLength(1)
})

it('writes down that an earlier link to the same address is void', async () => {
  const email = address()
  const earlier = await invite(email)
  const later = await invite(email)
  const { items } = (await api.as('owner').get('/audit-log?type=invitation.*')).body
  expect(items.slice(0, 3).map((entry: any) => [entry.type, entry.subject.id])).toEqual([
    ['invitation.sent', later.id],
    ['invitation.revoked', earlier.id],
    ['invitation.sent', earlier.id],
  ])
})
