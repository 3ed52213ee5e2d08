import { GuardedCallFailed, guardedFetch } from '../../guard.ts'
import { CarrierCallFailed } from '../port.ts'

/** What came back: the parsed body, or null when it was no JSON at all. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** No answer to a call that may have been acted upon. */
export class AnswerLost extends Error {}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly token: string | null
  readonly body?: object
}

export interface SenditHttp {
  call(call: Call): Promise<Answer>
  /** The bytes behind a link that Sendit gave us. */
  download(url: string): Promise<Buffer>
}

const timeoutMillis = 20_000
const labelTimeoutMillis = 60_000
const answerBytesMax = 5_000_000

/** Causes that mean that the request never reached the other side. */
const neverSent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT/

export const senditHttp = (baseUrl: string, sandboxUrl: string | null): SenditHttp => ({
  call: async ({ method, path, token, body }) => {
    try {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMillis),
        headers: {
          accept: 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      const text = await response.text()
      if (response.status === 429)
        throw new CarrierCallFailed('busy', 'Sendit asked for fewer calls.', retryAfter(response.headers))
      return { status: response.status, body: text.length > answerBytesMax ? null : jsonOf(text) }
    } catch (error) {
      if (error instanceof CarrierCallFailed) throw error
      const { message, cause } = error as Error
      const code = String((cause as { code?: unknown } | undefined)?.code ?? message)
      if (neverSent.test(code)) throw new CarrierCallFailed('unavailable', `Sendit cannot be reached (${code}).`)
      throw new AnswerLost(`No answer from Sendit (${code}).`)
    }
  },
  download: async (url) => {
    const options = { maxBytes: 20_000_000, timeoutMillis: labelTimeoutMillis, sandboxUrl }
    const answer = await guardedFetch(url, options).catch((error: unknown) => {
      if (error instanceof GuardedCallFailed) throw new CarrierCallFailed('unavailable', error.message)
      throw error
    })
    if (answer.status !== 200) throw new CarrierCallFailed('unavailable', `The label's link answered ${answer.status}.`)
    return answer.body
  },
})

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Seconds or a date, as HTTP allows; null when Sendit says nothing. */
const retryAfter = (headers: Headers): number | null => {
  const text = headers.get('retry-after')
  if (text === null) return null
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000
  return Number.isFinite(seconds) ? Math.min(Math.max(1, Math.ceil(seconds)), 3_600) : null
}
