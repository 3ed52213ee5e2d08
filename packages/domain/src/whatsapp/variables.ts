/*
 * Variables in the texts of a template: {{1}}, {{2}} and so on, each filled with something that an order gives. Source:
 * integrations.md 4.2.
 */

/** What a variable of a text is filled with. */
export const templateFields = ['customer_name', 'order_number', 'products', 'amount', 'city', 'shop'] as const
export type TemplateField = (typeof templateFields)[number]

/** As many variables as a text may have. */
export const variablesMost = 10

/** A text with its variables, in the order of their numbers. */
export interface VariableText {
  readonly body: string
  readonly variables: readonly TemplateField[]
}

const places = /\{\{\s*(\d{1,2})\s*\}\}/g

/** The numbers of the variables in a text, each once, as they come. */
export const placesIn = (body: string): number[] => [
  ...new Set([...body.matchAll(places)].map(([, number]) => Number(number))),
]

/** The text with a value in the place of each variable. */
export const withValues = (body: string, values: readonly string[]): string =>
  body.replace(places, (_place, number: string) => values[Number(number) - 1] ?? '')

/** Whether a text asks for something that has no number, which only one made elsewhere can. */
export const asksByName = (text: string): boolean => text.replace(places, '').includes('{{')

/** Whether somebody has said what fills each variable of a text. */
export const isNamed = ({ body, variables }: VariableText): boolean => placesIn(body).length === variables.length

export type BodyFault =
  | 'variables_not_in_order'
  | 'variables_unnamed'
  | 'variable_at_the_edge'
  | 'variables_side_by_side'

/**
 * Why Meta would refuse the text at once; null when it would read it. Variables are numbered from 1 without gaps, each
 * is given a value, and none begins or ends the text or touches another.
 */
export const bodyFault = ({ body, variables }: VariableText): BodyFault | null => {
  const numbers = placesIn(body).toSorted((a, b) => a - b)
  if (numbers.some((number, index) => number !== index + 1)) return 'variables_not_in_order'
  if (numbers.length !== variables.length) return 'variables_unnamed'
  const text = body.trim()
  if (/^\{\{/.test(text) || /\}\}$/.test(text)) return 'variable_at_the_edge'
  return /\}\}\s*\{\{/.test(text) ? 'variables_side_by_side' : null
}
