import type { Failure, FailureAction, FailureScope, Problem } from '../port.ts'

type Row = readonly [action: FailureAction, scope: FailureScope, problem: Problem, seconds?: number]

const reconnect: Row = ['reconnect', 'connection', 'whatsapp.token_refused']
const actionNeeded: Row = ['reconnect', 'connection', 'whatsapp.action_needed']
const temporary: Row = ['retry', 'message', 'message.delivery_failed']
const never: Row = ['stop', 'message', 'message.refused']
const unapproved: Row = ['stop', 'template', 'template.not_approved']

/** What each of Meta's codes asks of us. Source: integrations.md 4.6. */
const rows: Readonly<Record<number, Row>> = {
  0: reconnect,
  3: reconnect,
  10: reconnect,
  190: reconnect,
  1: temporary,
  2: temporary,
  131000: temporary,
  131016: temporary,
  131057: temporary,
  4: ['retry', 'number', 'whatsapp.too_busy', 60],
  80007: ['retry', 'number', 'whatsapp.too_busy', 60],
  130429: ['retry', 'number', 'whatsapp.too_busy', 10],
  131048: ['retry', 'number', 'whatsapp.too_busy', 3_600],
  131056: ['retry', 'person', 'whatsapp.too_busy', 6],
  132001: unapproved,
  132015: unapproved,
  132016: unapproved,
  131026: ['blocked', 'person', 'message.no_whatsapp'],
  131047: ['template', 'message', 'message.window_closed'],
  131049: ['stop', 'message', 'message.too_many_marketing'],
  131050: ['blocked', 'person', 'message.opted_out'],
  368: actionNeeded,
  131031: actionNeeded,
  131042: actionNeeded,
  131045: actionNeeded,
  133010: actionNeeded,
}

/** A code that is not in the table stops its own message and nothing else: what is not known is not repeated. */
export const failureOf = (code: number): Failure => {
  const [action, scope, problem, seconds = null] = rows[code] ?? (code >= 200 && code <= 299 ? reconnect : never)
  return { code, action, scope, problem, seconds }
}
