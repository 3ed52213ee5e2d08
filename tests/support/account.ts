import type { Answer, Client, TestApi } from './app.ts'
import type { Mailbox } from './mailbox.ts'

export const goodPassword = 'le figuier pousse lentement'

/** A browser: it keeps the refresh cookie that it was given. */
export interface Browser {
  readonly client: Client
  /** The value of the refresh cookie; undefined before the first and after the last. */
  readonly cookie: () => string | undefined
  readonly token: () => string | null
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Speaks with the access token of the latest sign-in. */
  signedIn(): Client
}

export const browser = (api: TestApi, userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0'): Browser => {
  let cookie: string | undefined
  let token: string | null = null
  const agent = { 'user-agent': userAgent }
  return {
    client: api.withToken(null, agent),
    cookie: () => cookie,
    token: () => token,
    post: async (path, body = {}, headers = {}) => {
      const sent = cookie ? { cookie: `__Host-sendocki=${cookie}` } : {}
      const answer = await api.withToken(null, { ...agent, ...sent }).post(path, body, headers)
      const given = String(answer.headers['set-cookie'] ?? '')
      const value = /__Host-sendocki=([^;]*)/.exec(given)?.[1]
      if (value !== undefined) cookie = value || undefined
      if (typeof answer.body?.accessToken === 'string') token = answer.body.accessToken as string
      return answer
    },
    signedIn: () => api.withToken(token, agent),
  }
}

let accounts = 0

/** A person with an account and a merchant of their own, made as people make them. */
export const newAccount = async (api: TestApi, mailbox: Mailbox, from: Browser = browser(api)) => {
  const email = `compte${++accounts}-${Date.now()}@boutique.example`
  const fullName = 'Salma Idrissi'
  const started = await from.post('/auth/sign-up', {
    ...{ email, password: goodPassword, fullName, merchantName: `Boutique ${accounts}` },
  })
  await api.runJobs()
  const code = /\d{6}/.exec(mailbox.to(email)[0]?.subject ?? '')?.[0]
  const answer = await from.post('/auth/sign-up/verify', { signUpId: started.body.signUpId, code })
  if (answer.status !== 201) throw new Error(`Sign-up failed: ${answer.text}`)
  return { email, fullName, from, userId: answer.body.user.id as string, merchantId: answer.body.merchant.id as string }
}
