import { StoreCallFailed } from './port.ts'

/*
 * What the talking halves of all platforms share: bounded answers, and one reading of what is no success. Source:
 * integrations.md 9.
 */

const timeoutMillis = 20_000
export const largestAnswer = 20_971_520

/** An answer as it came, success or not. */
export interface Answer {
  readonly status: number
  readonly text: string
  header(name: string): string | null
}

export interface Call {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Calls a host that our own settings name. */
export const callHost = async (url: string, { method = 'POST', headers = {}, body }: Call): Promise<Answer> => {
  const answer = await fetch(url, {
    method,
    headers: { accept: 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMillis),
  }).catch((error: unknown) => {
    throw new StoreCallFailed('unavailable', error instanceof Error ? error.message : 'The shop does not answer.')
  })
  return { status: answer.status, text: await readBounded(answer), header: (name) => answer.headers.get(name) }
}

const readBounded = async (answer: Response): Promise<string> => {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of answer.body ?? []) {
      size += part.length
      if (size > largestAnswer) break
      parts.push(part)
    }
  } catch (error) {
    throw new StoreCallFailed('unavailable', error instanceof Error ? error.message : 'The answer broke off.')
  }
  if (size > largestAnswer) throw new StoreCallFailed('refused', 'The answer is too large.')
  return Buffer.concat(parts).toString('utf8')
}

/** The JSON of a success: an object or a list. */
export const successOf = (answer: Answer): unknown => {
  if (answer.status < 200 || answer.status >= 300) throw failureOf(answer)
  try {
    const body: unknown = JSON.parse(answer.text)
    if (typeof body === 'object' && body !== null) return body
  } catch {
    // Falls through: a page of HTML with status 200 is an outage of the shop, not an answer.
  }
  throw new StoreCallFailed('unavailable', 'The answer is not JSON.')
}

export const failureOf = (answer: Answer): StoreCallFailed => {
  const { status } = answer
  const message = `The shop answered ${status}.`
  const retryAfter = Number(answer.header('retry-after') ?? Number.NaN)
  const wait = Number.isFinite(retryAfter) ? Math.min(3_600, Math.max(1, retryAfter)) : null
  if (status === 401 || status === 403) return new StoreCallFailed('credentials', message)
  // The token endpoint says so when a code or a refresh token is used up or unknown.
  if (status === 400 && /invalid_(grant|request|client|token)/.test(answer.text))
    return new StoreCallFailed('credentials', message)
  if (status === 429) return new StoreCallFailed('busy', message, wait ?? 2)
  if (status >= 500 || status === 408 || status === 423) return new StoreCallFailed('unavailable', message, wait)
  return new StoreCallFailed('refused', message)
}

/** The tokens in the answer of a token endpoint, with the moment until which they live. */
export const tokensOf = (body: unknown, now: Date) => {
  const answer = body as Readonly<Record<'access_token' | 'refresh_token' | 'expires_in', unknown>>
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = answer
  if (typeof accessToken !== 'string' || accessToken === '')
    throw new StoreCallFailed('unavailable', 'The answer carries no token.')
  return {
    accessToken,
    ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
    ...(typeof seconds === 'number' && Number.isFinite(seconds)
      ? { accessTokenExpiresAt: new Date(now.getTime() + seconds * 1000).toISOString() }
      : {}),
  }
}

/** The same store's address, perhaps under an earlier name of ours. Another connection of the same shop is not touched. */
export const isOurs = (uri: string, webhookUrl: string): boolean =>
  URL.canParse(uri) && new URL(uri).pathname === new URL(webhookUrl).pathname
