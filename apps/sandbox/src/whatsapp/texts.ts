import { type Fields, fieldsOf, listOf } from './parts.ts'

/*
 * The texts of a template, above its cards and on them: {{1}}, {{2}} and so on, with a sample of each when it is handed in
 * and a value of each when it is sent. Source: integrations.md 4.2 and 4.6.
 */

const places = /\{\{\s*(\d+)\s*\}\}/g
const numbersIn = (text: string): readonly number[] => [
  ...new Set([...text.matchAll(places)].map(([, number]) => Number(number))),
]

/** What Meta refuses of the variables of a text when it is handed in; null when it reads it. */
export const textFault = (part: Fields | undefined): string | null => {
  const text = String(part?.text ?? '')
  const numbers = numbersIn(text).toSorted((a, b) => a - b)
  if (numbers.some((number, index) => number !== index + 1)) return 'Variables are numbered from {{1}} without gaps'
  if (/^\s*\{\{/.test(text) || /\}\}\s*$/.test(text)) return 'Variables cannot be at the start or end of a text'
  const [samples] = (fieldsOf(part?.example).body_text ?? []) as readonly unknown[]
  const given = Array.isArray(samples) ? samples.filter((sample) => typeof sample === 'string' && sample !== '') : []
  return given.length === numbers.length ? null : 'A text needs a sample of each of its variables'
}

/** Why a text cannot be sent with these values; null when it can. */
export const valuesFault = (part: Fields | undefined, given: Fields | undefined, longest: number): number | null => {
  const text = String(part?.text ?? '')
  const values = listOf(given?.parameters)
  if (values.length !== numbersIn(text).length) return 132_000
  const isPlain = ({ type, text: value }: Fields) =>
    type === 'text' && typeof value === 'string' && value !== '' && !/[\r\n\t]| {5}/.test(value)
  if (!values.every(isPlain)) return 132_012
  const filled = text.replace(places, (_place, number: string) => String(values[Number(number) - 1]?.text))
  return filled.length > longest ? 132_005 : null
}
