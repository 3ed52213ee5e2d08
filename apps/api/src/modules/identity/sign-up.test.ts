import { expect, it } from 'vitest'
import { startApi } from '../../../../../tests/support/app.ts'
import { startMailbox } from '../../../../../tests/support/mailbox.ts'

const mailbox = await startMailbox()
const api = await startApi({ env: { SMTP_URL: mailbox.url } })
const nobody = api.withToken(null)
const password = 'le figuier pousse lentement'
let count = 0
const newcomer = () => ({
  email: `nouveau${++count}@boutique.example`,
  password,
  fullName: 'Salma Idrissi',
  merchantName: 'Boutique Salma',
})
const codeFor = async (email: string): Promise<string> => {
  await api.runJobs()
  const [mail] = mailbox.to(email)
  return /\b\d{6}\b/.exec(mail?.subject ?? '')?.[0] ?? `no code for ${email}`
}
const start = async (body = newcomer()) => {
  const answer = await nobody.post('/auth/sign-up', body)
  expect(answer.status).toBe(202)
  return { ...body, signUpId: answer.body.signUpId as string }
}
const cookieOf = (answer: { headers: Record<string, unknown> }) => String(answer.headers['set-cookie'])

it('makes an account with the code from the mail: person, merchant, roles, pipeline, session', async () => {
  const { signUpId, email } = await start({ ...newcomer(), email: 'Salma@Boutique.Example' })
  const answer = await nobody.post('/auth/sign-up/verify', { signUpId, code: await codeFor(email.toLowerCase()) })
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({
    expiresInSeconds: 900,
    user: { email: 'salma@boutique.example', fullName: 'Salma Idrissi', language: 'fr' },
    merchant: { name: 'Boutique Salma', country: 'MA' },
  })
  expect(answer.text).not.toContain('refresh')
  const mine = api.withToken(answer.body.accessToken)
  const me = await mine.get('/me')
  expect(me.body.memberships).toMatchObject([
    { merchantId: answer.body.merchant.id, role: { key: 'owner', name: 'Propriétaire', scope: ['all'], masks: [] } },
  ])
  expect((await mine.get('/roles')).body.items).toHaveLength(5)
  expect((await mine.get('/pipeline')).body.stages).toHaveLength(10)
})

it('keeps the refresh token in a cookie that no script and no other site can use', async () => {
  const { signUpId, email } = await start()
  const answer = await nobody.post('/auth/sign-up/verify', { signUpId, code: await codeFor(email) })
  const cookie = cookieOf(answer)
  expect(cookie).toMatch(/^__Host-sendocki=[\w-]{43};/)
  for (const rule of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(rule)
  expect(cookie).not.toContain('Domain')
  expect(answer.text).not.toContain(/=([\w-]{43});/.exec(cookie)?.[1] ?? 'none')
})

it('answers the same for an address that has an account, and tells its owner by mail', async () => {
  const { email } = api.merchant.people.owner
  const taken = await nobody.post('/auth/sign-up', { ...newcomer(), email })
  const free = await nobody.post('/auth/sign-up', newcomer())
  expect([taken.status, Object.keys(taken.body)]).toEqual([free.status, Object.keys(free.body)])
  await api.runJobs()
  expect(mailbox.to(email)[0]?.subject).toBe('Vous avez déjà un compte Sendocki')
  const wrong = await nobody.post('/auth/sign-up/verify', { signUpId: taken.body.signUpId, code: '000000' })
  const wrongFree = await nobody.post('/auth/sign-up/verify', { signUpId: free.body.signUpId, code: '000000' })
  expect([wrong.status, wrong.body.code, wrong.body.params]).toEqual([
    wrongFree.status,
    wrongFree.body.code,
    wrongFree.body.params,
  ])
})

it('does the same hashing work for a taken address as for a free one', async () => {
  const workOf = async (body: object) => {
    const before = api.deps.world.passwords.work().done
    await nobody.post('/auth/sign-up', body)
    return api.deps.world.passwords.work().done - before
  }
  expect(await workOf({ ...newcomer(), email: api.merchant.people.manager.email })).toBe(await workOf(newcomer()))
})

it('gives five tries to a code, and none after them', async () => {
  const { signUpId, email } = await start()
  const right = await codeFor(email)
  const wrong = right === '111111' ? '222222' : '111111'
  for (const triesLeft of [4, 3, 2, 1, 0]) {
    const answer = await nobody.post('/auth/sign-up/verify', { signUpId, code: wrong })
    expect([answer.status, answer.body.code, answer.body.params]).toEqual([422, 'auth.wrong_code', { triesLeft }])
  }
  const late = await nobody.post('/auth/sign-up/verify', { signUpId, code: right })
  expect([late.status, late.body.code]).toEqual([422, 'auth.code_expired'])
})

it('spends a try for each of many wrong codes sent at once', async () => {
  const { signUpId, email } = await start()
  const right = await codeFor(email)
  const codes = ['000001', '000002', '000003', '000004', '000005', '000006', '000007', '000008']
  const answers = await Promise.all(codes.map((code) => nobody.post('/auth/sign-up/verify', { signUpId, code })))
  const said = answers.map(({ body }) => body.code).sort()
  expect(said.filter((code) => code === 'auth.wrong_code')).toHaveLength(5)
  expect((await nobody.post('/auth/sign-up/verify', { signUpId, code: right })).body.code).toBe('auth.code_expired')
})

it('takes a code once, for its own sign-up only, and for ten minutes', async () => {
  const first = await start()
  const code = await codeFor(first.email)
  const second = await start()
  const secondCode = await codeFor(second.email)
  if (code !== secondCode)
    expect((await nobody.post('/auth/sign-up/verify', { signUpId: second.signUpId, code })).body.code).toBe(
      'auth.wrong_code',
    )
  expect((await nobody.post('/auth/sign-up/verify', { signUpId: first.signUpId, code })).status).toBe(201)
  expect((await nobody.post('/auth/sign-up/verify', { signUpId: first.signUpId, code })).body.code).toBe(
    'auth.code_expired',
  )
  api.clock.advance(11 * 60_000)
  const late = await nobody.post('/auth/sign-up/verify', { signUpId: second.signUpId, code: secondCode })
  expect(late.body.code).toBe('auth.code_expired')
})

it('voids the first code when a second is asked for', async () => {
  const body = newcomer()
  const first = await start(body)
  const firstCode = await codeFor(body.email)
  const second = await start(body)
  expect((await nobody.post('/auth/sign-up/verify', { signUpId: first.signUpId, code: firstCode })).body.code).toBe(
    'auth.code_expired',
  )
  const answer = await nobody.post('/auth/sign-up/verify', {
    signUpId: second.signUpId,
    code: await codeFor(body.email),
  })
  expect(answer.status).toBe(201)
})

it.each([
  ['short', 'eleven char', 'request.invalid'],
  ['common', 'password1234', 'password.too_common'],
  ['of own words', 'BoutiqueSalma2025', 'password.own_words'],
])('refuses a password that is %s', async (_what, weak, code) => {
  const answer = await nobody.post('/auth/sign-up', { ...newcomer(), password: weak })
  expect(answer.body.code).toBe(code)
})

it('takes 128 characters of any script whole: the last one matters', async () => {
  const long = 'نخلة🌴 '.repeat(30).slice(0, 126)
  const mine = `${long}ab`
  const { signUpId, email } = await start({ ...newcomer(), password: mine })
  await nobody.post('/auth/sign-up/verify', { signUpId, code: await codeFor(email) })
  expect((await nobody.post('/auth/sign-in', { email, password: `${long}ac` })).status).toBe(401)
  expect((await nobody.post('/auth/sign-in', { email, password: mine })).status).toBe(200)
})

it('keeps the code out of the job table and out of the logs of its payload', async () => {
  const { email } = await start()
  const { rows } = await api.deps.world.database.platform(
    async (tx) =>
      (await tx.db.execute('select code_hash, password_hash from sign_ups')) as unknown as { rows: object[] },
  )
  const code = await codeFor(email)
  expect(JSON.stringify(rows)).not.toContain(code)
  expect(JSON.stringify(rows)).not.toContain(password)
})

it('writes in the language of the sign-up, right to left in Arabic, to one recipient whatever is in the names', async () => {
  const { email } = await start({
    ...newcomer(),
    fullName: 'سلمى <b>الإدريسي</b>',
    merchantName: 'متجر',
    language: 'ar',
  } as never)
  await api.runJobs()
  const mails = mailbox.to(email)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.subject).toMatch(/^رمز سندوكي الخاص بك: \d{6}$/)
  expect(mails[0]?.html).toContain('dir="rtl"')
  expect(mails[0]?.html).toContain('&lt;b&gt;')
  expect(mails[0]?.text).toContain('صالح لمدة 10 دقائق')
})

it('writes in the language that the browser asks for, when none was chosen', async () => {
  const body = newcomer()
  await nobody.post('/auth/sign-up', body, { 'accept-language': 'de-DE, en-GB;q=0.8, fr;q=0.5' })
  await api.runJobs()
  expect(mailbox.to(body.email)[0]?.subject).toMatch(/is your Sendocki code$/)
})

it('refuses line breaks in a name before a mail is made of them', async () => {
  const answer = await nobody.post('/auth/sign-up', {
    ...newcomer(),
    fullName: 'Salma\r\nBcc: voleur@ailleurs.example',
  })
  expect(answer.body.code).toBe('request.invalid')
})
