import { wallClockOf } from '../time.ts'
import { isWindowOpen } from './message.ts'
import type { NumberStatus } from './number.ts'
import type { TemplateState } from './template.ts'

/** From when until when a conversation may be begun by us, on Moroccan clocks. Source: product.md 6, the usual hours. */
export const allowedHours = { from: 9, until: 21 } as const

/** Law 14: whether a message that we start may go out now. */
export const mayStartNow = (now: Date): boolean => {
  const { hour } = wallClockOf(now)
  return hour >= allowedHours.from && hour < allowedHours.until
}

export interface SendingFacts {
  readonly number: { readonly status: NumberStatus }
  readonly contact: { readonly optedOutAt: string | null; readonly unreachableAt: string | null }
  readonly lastInboundAt: string | null
  /** Null for free text. */
  readonly template: { readonly state: TemplateState; readonly category: string } | null
}

export type SendingRefusal =
  | 'whatsapp_number.not_ready'
  | 'message.no_whatsapp'
  | 'message.window_closed'
  | 'message.opted_out'
  | 'message.outside_hours'
  | 'template.not_approved'

/**
 * Why a person's message may not go out; null when it may. An answer in an open window is exempt from hours; a buyer who
 * asked for no more messages is answered when they write, and is not written to first by marketing.
 */
export const refusalToSend = (facts: SendingFacts, now: Date): SendingRefusal | null => {
  const open = isWindowOpen(facts.lastInboundAt, now)
  if (facts.number.status === 'disconnected' || facts.number.status === 'reconnect') return 'whatsapp_number.not_ready'
  if (facts.contact.unreachableAt !== null && !open) return 'message.no_whatsapp'
  if (facts.template === null) return open ? null : 'message.window_closed'
  if (facts.template.state !== 'approved') return 'template.not_approved'
  if (facts.contact.optedOutAt !== null && facts.template.category !== 'utility') return 'message.opted_out'
  return open || mayStartNow(now) ? null : 'message.outside_hours'
}
