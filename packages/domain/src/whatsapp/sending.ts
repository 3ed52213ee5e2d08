import { isCallTime } from '../calls/hours.ts'
import type { CallSettings } from '../calls/settings.ts'
import { isWindowOpen } from './message.ts'
import type { NumberStatus } from './number.ts'
import type { TemplateState } from './template.ts'

/** So long after the order its acknowledgement may go out at any hour. Source: law 14. */
const acknowledgementMinutes = 15

/** Whether a message tells a buyer at once that their order arrived. Advertising acknowledges nothing. */
export const isAcknowledgement = (
  { category }: { readonly category: string },
  placedAt: string | null,
  now: Date,
): boolean => {
  if (category !== 'utility' || placedAt === null) return false
  const age = now.getTime() - Date.parse(placedAt)
  return age >= 0 && age <= acknowledgementMinutes * 60_000
}

export interface SendingFacts {
  readonly number: { readonly status: NumberStatus }
  readonly contact: { readonly optedOutAt: string | null; readonly unreachableAt: string | null }
  readonly lastInboundAt: string | null
  /** Null for free text. */
  readonly template: { readonly state: TemplateState; readonly category: string } | null
  /** When the order that it speaks of was placed; null when it speaks of none. */
  readonly placedAt: string | null
}

export type SendingRefusal =
  | 'whatsapp_number.not_ready'
  | 'message.no_whatsapp'
  | 'message.window_closed'
  | 'message.opted_out'
  | 'message.outside_hours'
  | 'template.not_approved'

/**
 * Why a message may not go out; null when it may. Law 14: what we start keeps to the hours of calls; an answer in an open
 * window and the acknowledgement of a fresh order are exempt. A buyer who asked for no more messages is answered when they
 * write, and is not written to first by marketing.
 */
export const refusalToSend = (facts: SendingFacts, calling: CallSettings, now: Date): SendingRefusal | null => {
  const { number, contact, template, placedAt } = facts
  const open = isWindowOpen(facts.lastInboundAt, now)
  if (number.status === 'disconnected' || number.status === 'reconnect') return 'whatsapp_number.not_ready'
  if (contact.unreachableAt !== null && !open) return 'message.no_whatsapp'
  if (template === null) return open ? null : 'message.window_closed'
  if (template.state !== 'approved') return 'template.not_approved'
  if (contact.optedOutAt !== null && template.category !== 'utility') return 'message.opted_out'
  return open || isCallTime(calling, now) || isAcknowledgement(template, placedAt, now) ? null : 'message.outside_hours'
}
