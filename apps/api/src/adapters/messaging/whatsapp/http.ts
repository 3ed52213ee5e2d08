import { MessagingRefused, MessagingUnavailable } from '../port.ts'
import { failureOf } from './failures.ts'
import { asFields, asNumber, asText, type Fields, jsonOf } from './reading.ts'

/** No answer to a call that may have been acted upon. */
export class AnswerLost extends Error {}

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly token: string
  readonly body?: object
  /** Instead of a body: a form with a file in it. */
  readonly form?: FormData
  /** Instead of both: the bytes of a file, from the first one on. */
  readonly bytes?: Buffer
}

const timeoutMillis = 20_000
/** A file of sixteen megabytes leaves by a slow line too. */
export const fileMillis = 60_000
const answerCharactersMax = 5_000_000

/** Causes that mean that the request never reached the other side. */
const neverSent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT/

const contentOf = ({ body, form, bytes }: Call): Pick<RequestInit, 'body'> => {
  if (bytes) return { body: new Uint8Array(bytes) }
  return body ? { body: JSON.stringify(body) } : form ? { body: form } : {}
}

/** Calls Meta's graph and reads its refusals by their code. Throws `AnswerLost` where the outcome is open. */
export const callGraph = async (baseUrl: string, call: Call): Promise<Fields> => {
  const { method, path, token, body, form, bytes } = call
  const { status, text } = await fetch(`${baseUrl}${path}`, {
    method,
    redirect: 'error',
    signal: AbortSignal.timeout(form || bytes ? fileMillis : timeoutMillis),
    headers: {
      accept: 'application/json',
      // Where Meta takes the bytes of an upload, it knows the token by its older word only.
      authorization: `${bytes ? 'OAuth' : 'Bearer'} ${token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(bytes ? { 'content-type': 'application/octet-stream', file_offset: '0' } : {}),
    },
    ...contentOf(call),
  })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch(({ message, cause }: Error) => {
      const code = String((cause as { code?: unknown } | undefined)?.code ?? message)
      if (neverSent.test(code)) throw new MessagingUnavailable(`Meta cannot be reached (${code}).`)
      throw new AnswerLost(`No answer from Meta (${code}).`)
    })
  const answer = text.length > answerCharactersMax ? null : jsonOf(text)
  const error = asFields(asFields(answer).error)
  const code = asNumber(error.code)
  if (code !== null) throw new MessagingRefused(failureOf(code), asText(error.message) ?? `Meta refused with ${code}.`)
  if (status === 429) throw new MessagingRefused(failureOf(130_429), 'Meta asked for fewer calls.')
  if (status < 200 || status >= 300 || answer === null) throw new AnswerLost(`Meta answered ${status} without a word.`)
  return asFields(answer)
}
