import { isCallTime, nextCallTime } from '../calls/hours.ts'
import type { CallSettings } from '../calls/settings.ts'
import type { IncompleteReason } from '../orders/states.ts'
import type { TemplateCard } from '../whatsapp/carousel.ts'
import { isAcknowledgement } from '../whatsapp/sending.ts'
import { type TemplateState, templateProblem } from '../whatsapp/template.ts'
import type { VariableText } from '../whatsapp/variables.ts'
import type { AnswerOutcome, ButtonRule } from './automation.ts'
import { type AutomationSettings, budgetReached } from './settings.ts'

/*
 * Whether a message of an automation goes out now, later or never, and what an answer does. Facts in, decision out.
 * Source: product.md 7, law 14.
 */

export interface SendFacts {
  readonly enabled: boolean
  /** Whether the order still is where it was when the run began: same stage, same entry. */
  readonly isThere: boolean
  /** Whether an earlier entry into the stage was answered with this message already, and once is enough. */
  readonly alreadyAsked: boolean
  readonly order: {
    readonly phone: string | null
    readonly placedAt: string
    readonly blocked: boolean
    readonly isSample: boolean
    readonly toComplete: readonly IncompleteReason[]
  }
  readonly contact: { readonly optedOutAt: string | null; readonly unreachableAt: string | null }
  readonly template: VariableText & {
    readonly state: TemplateState
    readonly category: string
    readonly cards: readonly TemplateCard[]
  }
  readonly numberReady: boolean
  /** When those messages went out that we started with this buyer within the hours of the cap, oldest first. */
  readonly recent: readonly string[]
  /** What the month has cost so far, this message counted in. */
  readonly spentMicros: number
}

export type WaitReason = 'message.outside_hours' | 'automation.cap_reached' | 'automation.budget_spent'
export type StopReason =
  | 'automation.off'
  | 'automation.order_moved'
  | 'automation.already_asked'
  | 'automation.buyer_blocked'
  | 'automation.order_doubtful'
  | 'automation.sample_order'
  | 'automation.no_phone'
  | 'message.opted_out'
  | 'message.no_whatsapp'
  | 'template.not_approved'
  | 'template.pictures_missing'
  | 'template.cards_unsupported'
  | 'template.variables_unnamed'
  | 'whatsapp_number.not_ready'

export type SendPlan =
  | { readonly kind: 'send' }
  /** To be asked again at an instant at which nothing of what is known now forbids it. */
  | { readonly kind: 'wait'; readonly until: Date; readonly because: WaitReason }
  | { readonly kind: 'cancel' | 'fail'; readonly because: StopReason }

/** An order whose sender proved nothing may name anybody's phone. */
const doubtful: readonly IncompleteReason[] = ['test_order', 'unsigned_source', 'phone_wrong']

const stopOf = (facts: SendFacts): Extract<SendPlan, { kind: 'cancel' | 'fail' }> | null => {
  const { order, contact, template } = facts
  const cancel = (because: StopReason) => ({ kind: 'cancel', because }) as const
  const fail = (because: StopReason) => ({ kind: 'fail', because }) as const
  if (!facts.enabled) return cancel('automation.off')
  if (!facts.isThere) return cancel('automation.order_moved')
  if (facts.alreadyAsked) return cancel('automation.already_asked')
  if (order.isSample) return cancel('automation.sample_order')
  if (order.blocked) return cancel('automation.buyer_blocked')
  if (order.toComplete.some((reason) => doubtful.includes(reason))) return cancel('automation.order_doubtful')
  if (order.phone === null) return fail('automation.no_phone')
  if (contact.unreachableAt !== null) return fail('message.no_whatsapp')
  if (contact.optedOutAt !== null && template.category !== 'utility') return cancel('message.opted_out')
  if (template.state !== 'approved') return fail('template.not_approved')
  const problem = templateProblem(template)
  if (problem) return fail(problem)
  return facts.numberReady ? null : fail('whatsapp_number.not_ready')
}

const hourMillis = 3_600_000

/**
 * Law 14: what we start goes out within the hours of calls, or waits for them; the acknowledgement of a fresh order is
 * exempt. Whoever heard enough from us waits as well, and so does what the budget has no room for.
 */
export const planSend = (
  facts: SendFacts,
  calling: CallSettings,
  settings: AutomationSettings,
  now: Date,
): SendPlan => {
  const stop = stopOf(facts)
  if (stop) return stop
  const { recent, template } = facts
  const overCap = recent.length - settings.cap.messages
  const freed = overCap < 0 ? undefined : recent[overCap]
  if (freed !== undefined) {
    const until = new Date(Date.parse(freed) + settings.cap.hours * hourMillis)
    return { kind: 'wait', until: nextCallTime(calling, later(until, now)), because: 'automation.cap_reached' }
  }
  const isOver = budgetReached(facts.spentMicros, settings.monthlyBudgetCentimes) === 100
  // A day later the month may be another one, or the budget.
  if (isOver && (template.category !== 'utility' || settings.stopConfirmations)) {
    const until = nextCallTime(calling, new Date(now.getTime() + 24 * hourMillis))
    return { kind: 'wait', until, because: 'automation.budget_spent' }
  }
  if (isCallTime(calling, now) || isAcknowledgement(template, facts.order.placedAt, now)) return { kind: 'send' }
  return { kind: 'wait', until: nextCallTime(calling, now), because: 'message.outside_hours' }
}

/** What waits is never asked again at once. */
const later = (until: Date, now: Date): Date => (until > now ? until : new Date(now.getTime() + 60_000))

export interface AnswerFacts {
  readonly index: number
  /** The card of a carousel on which it stands. */
  readonly card: number | null
  readonly rules: readonly ButtonRule[]
  /** The buttons that were pressed before, in their order. */
  readonly before: readonly {
    readonly index: number | null
    readonly card?: number
    readonly outcome: AnswerOutcome
  }[]
  readonly isThere: boolean
}

/**
 * What a pressed button asks for: to move the order, or to be kept and shown. The first one counts; the same again
 * changes nothing, another is for somebody to look at, and none moves an order that has moved since.
 */
export const planAnswer = ({
  index,
  card,
  rules,
  before,
  isThere,
}: AnswerFacts):
  | { readonly kind: 'move'; readonly stageId: string }
  | {
      readonly kind: 'keep'
      readonly outcome: Extract<AnswerOutcome, 'stayed' | 'late' | 'repeated' | 'changed_mind'>
    } => {
  const first = before.find((answer) => answer.index !== null)
  if (first) {
    const isSame = first.index === index && (first.card ?? null) === card
    return { kind: 'keep', outcome: isSame ? 'repeated' : 'changed_mind' }
  }
  if (!isThere) return { kind: 'keep', outcome: 'late' }
  const stageId = rules.find((rule) => rule.index === index)?.stageId ?? null
  return stageId === null ? { kind: 'keep', outcome: 'stayed' } : { kind: 'move', stageId }
}

export interface FitFacts {
  readonly automation: {
    readonly stageId: string
    readonly buttons: readonly ButtonRule[]
    readonly silence: { readonly stageId: string } | null
  }
  readonly template: VariableText & {
    readonly state: TemplateState
    readonly buttons: readonly string[]
    readonly cards: readonly TemplateCard[]
  }
  readonly numberReady: boolean
  readonly activeStageIds: ReadonlySet<string>
}

export interface FitFault {
  readonly code:
    | 'automation.buttons_differ'
    | 'automation.stage_inactive'
    | 'template.not_approved'
    | 'template.pictures_missing'
    | 'template.cards_unsupported'
    | 'template.variables_unnamed'
    | 'whatsapp_number.not_ready'
  readonly path: string
}

/** What keeps the parts of an automation from fitting each other; null when they do. */
export const shapeFault = ({ automation, template, activeStageIds }: FitFacts): FitFault | null => {
  const { stageId, buttons, silence } = automation
  if (!activeStageIds.has(stageId)) return { code: 'automation.stage_inactive', path: 'stageId' }
  const indexes = buttons.map(({ index }) => index).toSorted((one, other) => one - other)
  const isComplete = indexes.length === template.buttons.length && indexes.every((index, place) => index === place)
  if (!isComplete) return { code: 'automation.buttons_differ', path: 'buttons' }
  const lost = buttons.findIndex((button) => button.stageId !== null && !activeStageIds.has(button.stageId))
  if (lost >= 0) return { code: 'automation.stage_inactive', path: `buttons.${lost}.stageId` }
  if (silence && !activeStageIds.has(silence.stageId))
    return { code: 'automation.stage_inactive', path: 'silence.stageId' }
  return null
}

/** Why an automation could send nothing; null when it can. What may still change without us is no fault of its shape. */
export const readinessFault = (facts: FitFacts): FitFault | null => {
  const fault = shapeFault(facts)
  if (fault) return fault
  const { template, numberReady } = facts
  if (template.state !== 'approved') return { code: 'template.not_approved', path: 'templateId' }
  const problem = templateProblem(template)
  if (problem) return { code: problem, path: 'templateId' }
  return numberReady ? null : { code: 'whatsapp_number.not_ready', path: 'numberId' }
}
