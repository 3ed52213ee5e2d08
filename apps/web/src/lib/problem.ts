import { ApiProblem } from '@sendocki/client/problem'
import { i18n } from './i18n.ts'

type ErrorKey = keyof typeof import('../messages/fr/errors.ts')['messages']
type FieldKey = keyof typeof import('../messages/fr/fields.ts')['messages']

/** Codes hold a dot and an underscore, which i18next would read as a path and a plural form. */
const flat = { ns: 'errors', keySeparator: false, pluralSeparator: '__' } as const

/** The sentence of a refusal in the reader's language; an unknown code reads as a fault of ours, its code beside it. */
export const problemText = (problem: unknown): string => {
  const code = problem instanceof ApiProblem ? problem.code : 'server.failed'
  const params = problem instanceof ApiProblem ? problem.params : {}
  const known = i18n.exists(code, flat) ? code : 'server.failed'
  return i18n.t(known as ErrorKey, { ...params, ...flat })
}

/** The sentence of a code that came without its problem, such as the end of a job; null for a code that is no refusal. */
export const refusalText = (code: string): string | null =>
  i18n.exists(code, flat) ? i18n.t(code as ErrorKey, flat) : null

/** What to copy for support: the code, and the request's id when there is one. */
export const problemCode = (problem: unknown): string => {
  if (!(problem instanceof ApiProblem)) return 'app.failed'
  return problem.requestId ? `${problem.code} · ${problem.requestId}` : problem.code
}

export const isProblem = (error: unknown, code: string): error is ApiProblem =>
  error instanceof ApiProblem && error.code === code

/** The word for what is wrong with one field. */
export const fieldText = (code: string): string => {
  const known = i18n.exists(code, { ns: 'fields', pluralSeparator: '__' }) ? code : 'invalid'
  return i18n.t(known as FieldKey, { ns: 'fields', pluralSeparator: '__' })
}

/**
 * The problem's words by field of a form, for `form.setErrors`; a field that the form does not have is left to the
 * sentence above the form. Null when the problem is not about fields.
 */
export const fieldErrors = (problem: unknown, names: readonly string[]): Record<string, string> | null => {
  if (!(problem instanceof ApiProblem)) return null
  const own = problem.fields.filter(({ path }) => names.includes(path))
  return own.length === 0 ? null : Object.fromEntries(own.map(({ path, code }) => [path, fieldText(code)]))
}
