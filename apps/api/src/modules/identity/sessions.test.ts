import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { browser, goodPassword, newAccount } from '../../../../../tests/support/account.ts'
import { startApi } from '../../../../../tests/support/app.ts'
import { startMailbox } from '../../../../../tests/support/mailbox.ts'

const mailbox = await startMailbox()
const api = await startApi({ env: { SMTP_URL: mailbox.url, APP_URL: 'https://app.sendocki.example' } })
const ours = { origin: 'https://app.sendocki.example' }

const minutes = (count: number) => count * 60_000
const signedUp = () => newAccount(api, mailbox)

it('opens a session by e-mail, in any case of letters, and password', async () => {
  const { email, merchantId } = await signedUp()
  const answer = await browser(api).post('/auth/sign-in', { email: email.toUpperCase(), password: goodPassword })
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({ expiresInSeconds: 900, user: { email }, merchant: { id: merchantId } })
  expect(String(answer.headers['set-cookie'])).not.toMatch(/Expires|Max-Age/)
})

it('remembers for thirty days whoever asks for it', async () => {
  const { email } = await signedUp()
  const there = browser(api)
  const answer = await there.post('/auth/sign-in', { email, password: goodPassword, rememberMe: true })
  const until = Date.parse(/Expires=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '')
  expect((until - api.clock.now().getTime()) / 86_400_000).toBeCloseTo(30, 2)
})

it('answers a wrong password and an unknown account alike, after the same work', async () => {
  const { email } = await signedUp()
  const { work } = api.deps.world.passwords
  const refusalOf = async (body: object) => {
    const before = work().done
    const { status, body: problem } = await browser(api).post('/auth/sign-in', body)
    return { status, code: problem.code, params: problem.params, hashes: work().done - before }
  }
  const wrong = await refusalOf({ email, password: 'a wrong one' })
  const unknown = await refusalOf({ email: 'personne@nulle-part.example', password: 'a wrong one' })
  expect(wrong).toEqual({ status: 401, code: 'auth.wrong_credentials', params: undefined, hashes: 1 })
  expect(unknown).toEqual(wrong)
})

it('slows guesses at one account after ten, and lets its owner and everybody else in', async () => {
  const { email } = await signedUp()
  const other = await signedUp()
  const guess = () => browser(api).post('/auth/sign-in', { email, password: 'a wrong one' })
  const answers = []
  for (let n = 0; n < 30; n += 1) answers.push(await guess())
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
  const limited = answers.filter(({ status }) => status === 429)
  expect(limited).toHaveLength(20)
  expect(limited[0]?.body.code).toBe('request.too_many')
  expect(Number(limited[0]?.headers['retry-after'])).toBeGreaterThan(0)
  expect((await browser(api).post('/auth/sign-in', { email: other.email, password: goodPassword })).status).toBe(200)
  const right = { email, password: goodPassword }
  expect((await browser(api).post('/auth/sign-in', right)).status).toBe(429)
  api.clock.advance(Number(limited.at(-1)?.headers['retry-after']) * 1000)
  expect((await browser(api).post('/auth/sign-in', right)).status).toBe(200)
})

it('counts guesses sent at once: ten are compared, not one more', async () => {
  const { email } = await signedUp()
  const guesses = Array.from({ length: 25 }, () => browser(api).post('/auth/sign-in', { email, password: 'wrong' }))
  const statuses = (await Promise.all(guesses)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(10)
})

it('keeps no e-mail in the counters', async () => {
  const { email } = await signedUp()
  await browser(api).post('/auth/sign-in', { email, password: 'a wrong one' })
  const rows = await api.deps.world.database.platform(async (tx) =>
    tx.db.execute("select encode(key, 'escape') from rate_counters"),
  )
  expect(JSON.stringify(rows)).not.toContain(email)
})

it('renews the session by its cookie, with a new token each time', async () => {
  const { from } = await signedUp()
  const first = from.cookie()
  const answer = await from.post('/auth/refresh', {}, ours)
  expect(answer.status).toBe(200)
  expect(from.cookie()).not.toBe(first)
  expect((await from.signedIn().get('/me')).status).toBe(200)
})

it('ends the session when a used refresh token comes back, for thief and owner alike', async () => {
  const { from, merchantId } = await signedUp()
  const stolen = from.cookie()
  await from.post('/auth/refresh')
  const { body: granted } = await from.post('/auth/refresh')
  api.clock.advance(11_000)
  const thief = api.withToken(null, { cookie: `__Host-sendocki=${stolen}` })
  expect((await thief.post('/auth/refresh', {})).status).toBe(401)
  expect((await from.post('/auth/refresh')).body.code).toBe('auth.session_ended')
  expect((await api.withToken(granted.accessToken).get('/me')).status).toBe(401)
  const types = await api.deps.world.database.read(merchantId, async (tx) =>
    tx.db.execute('select type, actor_kind from events'),
  )
  expect(JSON.stringify(types)).toContain('member.session_ended')
})

it('lets two tabs renew with the same token at once: one session, both go on', async () => {
  const { from } = await signedUp()
  const tab = api.withToken(null, { cookie: `__Host-sendocki=${from.cookie()}` })
  const answers = await Promise.all([tab.post('/auth/refresh', {}), tab.post('/auth/refresh', {})])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  for (const { headers } of answers) {
    const value = /__Host-sendocki=([^;]*)/.exec(String(headers['set-cookie']))?.[1]
    const next = api.withToken(null, { cookie: `__Host-sendocki=${value}` })
    expect((await next.post('/auth/refresh', {})).status).toBe(200)
  }
})

it('refuses a cookie route to other sites and to anything that is not JSON', async () => {
  const { from } = await signedUp()
  for (const path of ['/auth/refresh', '/auth/sign-out']) {
    for (const origin of ['https://evil.example', 'null', 'https://app.sendocki.example.evil.example']) {
      const answer = await from.post(path, {}, { origin })
      expect([answer.status, answer.body.code]).toEqual([403, 'auth.origin_refused'])
    }
    const form = await from.post(path, 'a=1', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(form.status).toBe(415)
  }
  expect((await from.post('/auth/refresh', {}, ours)).status).toBe(200)
})

it('ends after twelve hours, and a remembered session after thirty days', async () => {
  const { email } = await signedUp()
  const short = browser(api)
  const long = browser(api)
  await short.post('/auth/sign-in', { email, password: goodPassword })
  await long.post('/auth/sign-in', { email, password: goodPassword, rememberMe: true })
  api.clock.advance(minutes(12 * 60 + 1))
  expect((await short.post('/auth/refresh')).status).toBe(401)
  expect((await long.post('/auth/refresh')).status).toBe(200)
  api.clock.advance(minutes(30 * 24 * 60))
  expect((await long.post('/auth/refresh')).status).toBe(401)
})

it('signs out: access and refresh end at the next request, and the cookie goes', async () => {
  const { from } = await signedUp()
  const kept = from.cookie()
  const client = from.signedIn()
  const answer = await from.post('/auth/sign-out')
  expect(answer.status).toBe(204)
  expect(from.cookie()).toBeUndefined()
  expect((await client.get('/me')).status).toBe(401)
  const again = api.withToken(null, { cookie: `__Host-sendocki=${kept}` })
  expect((await again.post('/auth/refresh', {})).status).toBe(401)
  expect((await again.post('/auth/sign-out', {})).status).toBe(204)
})

it('signs out by the access token alone', async () => {
  const { from } = await signedUp()
  expect((await from.signedIn().post('/auth/sign-out', {})).status).toBe(204)
  expect((await from.signedIn().get('/me')).status).toBe(401)
})

it("lists a person's live sessions and ends one or all others; another person's is not found", async () => {
  const { email } = await signedUp()
  const one = browser(api, 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36')
  const two = browser(api, 'Mozilla/5.0 (iPhone) Version/18.1 Safari/604.1')
  for (const there of [one, two]) await there.post('/auth/sign-in', { email, password: goodPassword })
  const { items } = (await one.signedIn().get('/auth/sessions')).body
  expect(items).toHaveLength(3)
  expect(items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ browser: 'Chrome', system: 'Windows', current: true }),
      expect.objectContaining({ browser: 'Safari', system: 'iPhone', current: false }),
    ]),
  )
  const pages = await one.signedIn().get('/auth/sessions?limit=2')
  const rest = await one.signedIn().get(`/auth/sessions?limit=2&cursor=${pages.body.nextCursor}`)
  expect([...pages.body.items, ...rest.body.items]).toEqual(items)
  const phone = items.find((session: { system: string }) => session.system === 'iPhone')
  expect((await api.as('owner').delete(`/auth/sessions/${phone.id}`)).body.code).toBe('session.not_found')
  expect((await one.signedIn().delete(`/auth/sessions/${phone.id}`)).status).toBe(204)
  expect((await two.signedIn().get('/me')).status).toBe(401)
  expect((await one.signedIn().delete(`/auth/sessions/${phone.id}`)).body.code).toBe('session.not_found')
  expect((await one.signedIn().delete('/auth/sessions')).status).toBe(204)
  expect((await one.signedIn().get('/auth/sessions')).body.items).toHaveLength(1)
})

it('warns by mail of a sign-in from an unknown browser, not of one that updated itself', async () => {
  const { email } = await signedUp()
  const subjects = async () => {
    await api.runJobs()
    return mailbox.to(email).map(({ subject }) => subject)
  }
  await browser(api, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0').post('/auth/sign-in', {
    email,
    password: goodPassword,
  })
  expect(await subjects()).not.toContain('Connexion depuis un nouveau navigateur')
  await browser(api, 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0').post('/auth/sign-in', {
    email,
    password: goodPassword,
  })
  expect(await subjects()).toContain('Connexion depuis un nouveau navigateur')
})

it('takes no token but its own: other algorithms, keys, shapes and purposes are refused', async () => {
  const { from } = await signedUp()
  const [head = '', claims = '', mark = ''] = (from.token() ?? '').split('.')
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = (header: object, key: string) => {
    const text = `${part(header)}.${claims}`
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
  }
  const forged = [
    `${part({ alg: 'none', typ: 'JWT' })}.${claims}.`,
    signed({ alg: 'HS256', typ: 'JWT' }, ''),
    signed({ alg: 'HS256', typ: 'JWT', kid: '../../dev/null' }, ''),
    signed({ alg: 'HS256', typ: 'JWT', jku: 'https://evil.example' }, 'evil'),
    `${part({ alg: 'HS512', typ: 'JWT' })}.${claims}.${mark}`,
    `${head}.${claims}.`,
    `${head}.${claims}`,
    from.cookie() ?? '',
    'sk_live_0000',
  ]
  for (const token of forged) expect((await api.withToken(token).get('/me')).status, token).toBe(401)
  expect((await api.withToken(null).get(`/me?access_token=${from.token()}`)).status).toBe(401)
  expect((await api.withToken(from.token()).get('/me')).status).toBe(200)
})

it('writes who came in, from where, and who tried to, into the journal without an e-mail', async () => {
  const { email, merchantId } = await signedUp()
  await browser(api).post('/auth/sign-in', { email, password: 'a wrong one' })
  const rows = await api.deps.world.database.read(merchantId, async (tx) => {
    const { rows } = (await tx.db.execute(
      'select type, actor_kind, origin, data from events order by sequence',
    )) as unknown as {
      rows: { type: string; actor_kind: string; origin: { address: string } }[]
    }
    return rows
  })
  expect(rows.map(({ type, actor_kind }) => [type, actor_kind])).toEqual([
    ['merchant.founded', 'member'],
    ['member.joined', 'member'],
    ['member.signed_in', 'member'],
    ['member.sign_in_failed', 'system'],
  ])
  expect(rows.at(-1)?.origin.address).toBe('127.0.0.1')
  expect(JSON.stringify(rows)).not.toContain(email)
})
