import { createHmac } from 'node:crypto'
import { eventually } from './stack.ts'

interface Reply {
  readonly status: number
  readonly body: any
  readonly headers: Headers
}

/** A merchant at work over plain HTTP, as an integrator would write it. */
export interface Shopkeeper {
  readonly email: string
  readonly password: string
  token(): string
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>
  get(path: string): Promise<Reply>
  /** A POST with a fresh idempotency key. */
  post(path: string, body: unknown, key?: string): Promise<Reply>
}

const replyOf = async (response: Response): Promise<Reply> => {
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  }
}

/** A caller of the API in the name of one person; `token` is filled by signing up or in. */
const callerOf = (url: string, email: string, password: string): { keeper: Shopkeeper; hold(token: string): void } => {
  let token = ''
  const call: Shopkeeper['call'] = async (method, path, body, headers = {}) =>
    replyOf(
      await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
  const keeper: Shopkeeper = {
    email,
    password,
    token: () => token,
    call,
    get: (path) => call('GET', path),
    post: (path, payload, key = crypto.randomUUID()) => call('POST', path, payload, { 'idempotency-key': key }),
  }
  return {
    keeper,
    hold: (given) => {
      token = given
    },
  }
}

export const goodPassword = 'un caftan vert olive 27'

/** Signs up with the code from the mailbox: the real way in. */
export const signUp = async (url: string, sandboxUrl: string, name = 'salma'): Promise<Shopkeeper> => {
  const email = `${name}-${crypto.randomUUID().slice(0, 8)}@dar-argan.example`
  const { keeper, hold } = callerOf(url, email, goodPassword)
  const person = { email, password: goodPassword, fullName: 'Salma Berrada', merchantName: 'Dar Argan', language: 'fr' }
  const { status, body } = await keeper.call('POST', '/auth/sign-up', person)
  if (status !== 202) throw new Error(`sign-up: ${status} ${JSON.stringify(body)}`)
  const code = await codeFor(sandboxUrl, email)
  const verified = await keeper.call('POST', '/auth/sign-up/verify', { signUpId: body.signUpId, code })
  if (verified.status !== 201) throw new Error(`verify: ${verified.status} ${JSON.stringify(verified.body)}`)
  hold(verified.body.accessToken)
  return keeper
}

/** The same person in another place: what the browser does can be asked by REST. */
export const signIn = async (url: string, email: string, password = goodPassword): Promise<Shopkeeper> => {
  const { keeper, hold } = callerOf(url, email, password)
  const { status, body } = await keeper.call('POST', '/auth/sign-in', { email, password })
  if (status !== 200) throw new Error(`sign-in: ${status} ${JSON.stringify(body)}`)
  hold(body.accessToken)
  return keeper
}

/** The six digits that the newest mail to this address carries. */
export const codeFor = async (sandboxUrl: string, email: string): Promise<string> => {
  const mails = await eventually(
    async () =>
      (await (await fetch(`${sandboxUrl}/mailbox?to=${encodeURIComponent(email)}`)).json()) as {
        items: { text: string }[]
      },
    ({ items }) => items.some(({ text }) => /\b\d{6}\b/.test(text)),
    `a code for ${email}`,
  )
  return /\b\d{6}\b/.exec(mails.items[0]?.text ?? '')?.[0] ?? ''
}

/** Posts an order to the generic hook, signed as its documentation says. */
export const sendGenericOrder = (
  webhookUrl: string,
  secret: string,
  order: { external_id: string } & Record<string, unknown>,
): Promise<Response> => {
  const body = JSON.stringify({
    customer: {
      name: 'Hicham Bouazza',
      phone: '0661 23 45 67',
      city: 'Marrakech',
      address: 'Guéliz, rue de la Liberté 4',
    },
    items: [{ sku: 'LAMP-N', name: 'Lampe solaire', quantity: 1, unit_price: '219.00' }],
    shipping_fee: '30.00',
    total: '249.00',
    ...order,
  })
  const t = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
  return fetch(webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-signature': `t=${t},v1=${signature}` },
    body,
  })
}
