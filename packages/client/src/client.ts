import createFetchClient, { type Client as FetchClient, type Middleware } from 'openapi-fetch'
import { ApiProblem, type ProblemBody } from './problem.ts'
import type { paths } from './schema.gen.ts'

export interface ClientOptions {
  /** Origin of the API, empty for the page's own. The contract's paths already start with `/api/v1`. */
  readonly baseUrl: string
  /** The access token to send, or null while nobody is signed in. */
  readonly getToken: () => string | null
  /** Called on a 401 to a request that carried a token. True: there is a new token, and the request is sent once more. */
  readonly onUnauthorised: () => Promise<boolean>
  readonly fetch?: (request: Request) => Promise<Response>
}

export type Client = FetchClient<paths>

/**
 * The contract's client. An answer that is not a success is thrown as `ApiProblem`, so a caller reads `data` only.
 * Every POST carries an idempotency key of its own: the request repeated after a renewed token cannot act twice.
 */
export const createClient = ({
  baseUrl,
  getToken,
  onUnauthorised,
  fetch = globalThis.fetch,
}: ClientOptions): Client => {
  const send = async (request: Request): Promise<Response> => {
    const token = getToken()
    if (!token) return reached(fetch, request)
    const again = request.clone()
    const response = await reached(fetch, authorised(request, token))
    if (response.status !== 401 || !(await onUnauthorised())) return response
    return reached(fetch, authorised(again, getToken()))
  }
  const client = createFetchClient<paths>({ baseUrl, fetch: send })
  client.use(keyed, refusing)
  return client
}

/** The body of a successful answer. `ApiProblem` is thrown by then, so the body is there. */
export const bodyOf = async <T>(answer: Promise<{ data?: T }>): Promise<NonNullable<T>> => {
  const { data } = await answer
  return data as NonNullable<T>
}

const authorised = (request: Request, token: string | null): Request => {
  if (token) request.headers.set('authorization', `Bearer ${token}`)
  return request
}

const reached = async (fetch: (request: Request) => Promise<Response>, request: Request): Promise<Response> => {
  try {
    return await fetch(request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw ApiProblem.unreachable(error)
  }
}

const keyed: Middleware = {
  onRequest: ({ request, schemaPath }) => {
    const uploads = request.headers.get('content-type')?.startsWith('multipart/') ?? false
    if (request.method !== 'POST' || uploads || schemaPath.startsWith('/api/v1/auth/')) return undefined
    if (!request.headers.has('idempotency-key')) request.headers.set('idempotency-key', crypto.randomUUID())
    return request
  },
}

const refusing: Middleware = {
  onResponse: async ({ response }) => {
    if (response.ok) return undefined
    throw ApiProblem.of(response, await problemIn(response))
  },
}

/** A proxy in between may answer with a page of its own: then only the status is known. */
const problemIn = async (response: Response): Promise<Partial<ProblemBody>> => {
  const text = await response.text()
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    return {}
  }
}
