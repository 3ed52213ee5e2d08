import { expect, it } from 'vitest'
import { browser, goodPassword, newAccount } from '../../../../../tests/support/account.ts'
import { startApi } from '../../../../../tests/support/app.ts'
import { startMailbox } from '../../../../../tests/support/mailbox.ts'

const mailbox = await startMailbox()
const api = await startApi({ env: { SMTP_URL: mailbox.url } })
const nobody = browser(api)
const next = 'deux ânes et une charrette'
const signedUp = () => newAccount(api, mailbox)
const canSignIn = async (email: string, password: string) =>
  (await browser(api).post('/auth/sign-in', { email, password })).status === 200

const linkFor = async (email: string) => {
  expect((await nobody.post('/auth/password/forgot', { email })).status).toBe(204)
  await api.runJobs()
  const mail = mailbox.to(email).find(({ subject }) => subject === 'Choisir un nouveau mot de passe')
  return /\/reset-password\?token=([\w-]{43})$/m.exec(mail?.text ?? '')?.[1] ?? 'no link'
}

it('sets a new password by the link, ends every session and tells the person', async () => {
  const { email, from } = await signedUp()
  const token = await linkFor(email)
  expect((await nobody.post('/auth/password/reset', { token, password: next })).status).toBe(204)
  expect((await from.signedIn().get('/me')).status).toBe(401)
  expect((await from.post('/auth/refresh')).status).toBe(401)
  expect(await canSignIn(email, goodPassword)).toBe(false)
  expect(await canSignIn(email, next)).toBe(true)
  await api.runJobs()
  expect(mailbox.to(email)[0]?.subject).toBe('Votre mot de passe a changé')
})

it('takes a link once, also when it is used twice at once', async () => {
  const { email } = await signedUp()
  const token = await linkFor(email)
  const answers = await Promise.all(
    [next, `${next} bis`].map((password) => nobody.post('/auth/password/reset', { token, password })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 422])
  expect((await nobody.post('/auth/password/reset', { token, password: next })).body.code).toBe('auth.link_expired')
})

it('takes a link for one hour, and no guessed one', async () => {
  const { email } = await signedUp()
  const token = await linkFor(email)
  expect((await nobody.post('/auth/password/reset', { token: `${token}x`, password: next })).body.code).toBe(
    'auth.link_expired',
  )
  api.clock.advance(61 * 60_000)
  expect((await nobody.post('/auth/password/reset', { token, password: next })).body.code).toBe('auth.link_expired')
})

it('voids older links once a password is set', async () => {
  const { email } = await signedUp()
  const first = await linkFor(email)
  const second = await linkFor(email)
  expect((await nobody.post('/auth/password/reset', { token: second, password: next })).status).toBe(204)
  expect((await nobody.post('/auth/password/reset', { token: first, password: next })).status).toBe(422)
})

it('answers the same for an unknown address, and sends it nothing', async () => {
  const email = 'inconnue@nulle-part.example'
  expect((await nobody.post('/auth/password/forgot', { email })).status).toBe(204)
  await api.runJobs()
  expect(mailbox.to(email)).toEqual([])
})

it('limits the mails to one address', async () => {
  const email = 'harcelee@boutique.example'
  const statuses = []
  for (let n = 0; n < 7; n += 1) statuses.push((await nobody.post('/auth/password/forgot', { email })).status)
  expect(statuses).toEqual([204, 204, 204, 204, 204, 429, 429])
})

it('changes a password by the old one only, and ends the other sessions unless told otherwise', async () => {
  const { email, from } = await signedUp()
  const other = browser(api)
  await other.post('/auth/sign-in', { email, password: goodPassword })
  const change = (body: object) => from.signedIn().post('/auth/password/change', body)
  const wrong = await change({ currentPassword: 'not this one', newPassword: next })
  expect([wrong.status, wrong.body.code]).toEqual([422, 'auth.wrong_password'])
  const kept = await change({ currentPassword: goodPassword, newPassword: next, endOtherSessions: false })
  expect(kept.status).toBe(204)
  expect((await other.signedIn().get('/me')).status).toBe(200)
  expect((await change({ currentPassword: next, newPassword: `${next} bis` })).status).toBe(204)
  expect((await other.signedIn().get('/me')).status).toBe(401)
  expect((await from.signedIn().get('/me')).status).toBe(200)
  expect(await canSignIn(email, `${next} bis`)).toBe(true)
})

it('refuses a new password of own words or that everybody takes', async () => {
  const { from } = await signedUp()
  const change = (newPassword: string) =>
    from.signedIn().post('/auth/password/change', { currentPassword: goodPassword, newPassword })
  expect((await change('SalmaIdrissi1990')).body.code).toBe('password.own_words')
  expect((await change('motdepasse2025')).body.code).toBe('password.too_common')
})
