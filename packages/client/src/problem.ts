/** The answer of the API to what it did not do (RFC 9457 with our code and its facts). */
export interface ProblemBody {
  readonly status: number
  readonly code: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly fields?: readonly FieldProblem[]
  readonly requestId: string
  readonly current?: unknown
}

export interface FieldProblem {
  /** Path in the request, segments joined by dots: `lines.0.quantity`. */
  readonly path: string
  readonly code: string
}

/** What the API refused, or that it could not be reached (status 0, code `network.unreachable`). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly params: Readonly<Record<string, unknown>>
  readonly fields: readonly FieldProblem[]
  readonly requestId: string | null
  /** The resource as it stands now, with `<noun>.changed_meanwhile`. */
  readonly current: unknown
  /** Seconds after which asking again makes sense, when the answer says so. */
  readonly retryAfterSeconds: number | null

  constructor(
    body: Partial<ProblemBody> & { status: number; code: string },
    retryAfterSeconds: number | null,
    cause?: unknown,
  ) {
    super(body.code, { cause })
    this.name = 'ApiProblem'
    this.status = body.status
    this.code = body.code
    this.params = body.params ?? {}
    this.fields = body.fields ?? []
    this.requestId = body.requestId ?? null
    this.current = body.current
    this.retryAfterSeconds = retryAfterSeconds
  }

  static of(response: Response, body: Partial<ProblemBody>): ApiProblem {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    const code = body.code ?? (response.status >= 502 ? 'server.unavailable' : 'server.failed')
    return new ApiProblem({ ...body, status: response.status, code }, Number.isFinite(seconds) ? seconds : null)
  }

  static unreachable(cause: unknown): ApiProblem {
    return new ApiProblem({ status: 0, code: 'network.unreachable' }, null, cause)
  }
}
