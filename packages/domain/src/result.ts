import type { RefusalCode } from './refusals.ts'

/** Why something was not done: a code from the one list and the facts that the reader's sentence needs. */
export interface Refusal {
  readonly code: RefusalCode
  readonly params?: Readonly<Record<string, unknown>>
  /** Input only: which fields, by path, and what is wrong with each. */
  readonly fields?: readonly { readonly path: string; readonly code: string }[]
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const refuse = (code: RefusalCode, params?: Refusal['params'], fields?: Refusal['fields']): Result<never> => ({
  ok: false,
  refusal: { code, ...(params ? { params } : {}), ...(fields ? { fields } : {}) },
})

/** A field that was filled in wrongly. */
export const refusedInput = (path: string, code: string): Refusal => ({
  code: 'request.invalid',
  fields: [{ path, code }],
})

/** An expected "no", thrown at a command's edge so that its transaction rolls back. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(code: RefusalCode, params?: Refusal['params'], fields?: Refusal['fields']) {
    super(code)
    this.name = 'Refused'
    this.refusal = { code, ...(params ? { params } : {}), ...(fields ? { fields } : {}) }
  }
}

/** The value of a result, or its refusal thrown. */
export const orRefuse = <T>(result: Result<T>): T => {
  if (result.ok) return result.value
  throw new Refused(result.refusal.code, result.refusal.params, result.refusal.fields)
}
