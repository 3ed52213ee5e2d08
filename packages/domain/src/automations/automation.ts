import { type Static, Type } from 'typebox'
import { yesLacks } from '../orders/states.ts'
import { closed, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Uuid, Version } from '../schema.ts'
import { FilledCard } from '../whatsapp/carousel.ts'
import { templateFields } from '../whatsapp/variables.ts'

/*
 * A message that a stage sends by itself, in five fields: stage, template, delay, what each button does, what silence
 * does. Source: product.md 7; the shapes of api.md.
 */

export const mostAutomations = 100
const longestDelaySeconds = 30 * 86_400
const longestSilenceHours = 168

/** From when on the silence of a buyer is counted. */
export const silenceStarts = ['sent', 'delivered'] as const

/** To which stage each button of the template brings the order; null: the answer is kept, and nothing moves. */
export const ButtonRule = closed({ index: Type.Integer({ minimum: 0, maximum: 9 }), stageId: nullable(Uuid) })
export type ButtonRule = Static<typeof ButtonRule>

export const SilenceRule = closed({
  from: oneOf(silenceStarts),
  hours: Type.Integer({ minimum: 1, maximum: longestSilenceHours }),
  stageId: Uuid,
})
export type SilenceRule = Static<typeof SilenceRule>

const fields = {
  name: Line(60),
  /** From which number it is sent. */
  numberId: Uuid,
  /** Entering this stage begins it. */
  stageId: Uuid,
  templateId: Uuid,
  delaySeconds: Type.Integer({ minimum: 0, maximum: longestDelaySeconds }),
  /** One rule for each button of the template. */
  buttons: Type.Array(ButtonRule, { maxItems: 10 }),
  silence: nullable(SilenceRule),
  /** Whether an order that comes back to the stage is written to again. */
  retrigger: Type.Boolean(),
}

export const Automation = named(
  'Automation',
  Type.Object({
    id: Uuid,
    ...fields,
    enabled: Type.Boolean(),
    /** Why it could send nothing now, as a code of refusal; null when it can. */
    problem: nullable(Type.String()),
    version: Version,
  }),
)
export type Automation = Static<typeof Automation>
export const AutomationList = named('AutomationList', Type.Object({ items: Type.Array(ref(Automation)) }))

/** It is made switched off: its preview comes first. */
export const CreateAutomation = named(
  'CreateAutomation',
  closed({ ...fields, retrigger: Type.Optional(fields.retrigger) }),
)
export type CreateAutomation = Static<typeof CreateAutomation>

export const EditAutomation = named(
  'EditAutomation',
  closed({
    version: Version,
    name: Type.Optional(fields.name),
    numberId: Type.Optional(fields.numberId),
    stageId: Type.Optional(fields.stageId),
    templateId: Type.Optional(fields.templateId),
    delaySeconds: Type.Optional(fields.delaySeconds),
    buttons: Type.Optional(fields.buttons),
    silence: Type.Optional(fields.silence),
    retrigger: Type.Optional(fields.retrigger),
    enabled: Type.Optional(Type.Boolean()),
  }),
)
export type EditAutomation = Static<typeof EditAutomation>

/** What it would write to the newest orders if each entered the stage now. */
export const previewedOrders = 20
export const AutomationPreview = named(
  'AutomationPreview',
  Type.Object({
    items: Type.Array(
      Type.Object({
        orderId: Uuid,
        orderNumber: Type.Integer(),
        customerName: Type.String(),
        /** The whole text as the buyer reads it; null while a value is missing. */
        text: nullable(Type.String()),
        /** The cards of a carousel under it; empty for any other template, and while a value is missing. */
        cards: Type.Array(FilledCard),
        /** When it would leave; null when nothing would. */
        sendsAt: nullable(Instant),
        /** Why nothing would be sent, or why it would wait. */
        problem: nullable(Type.String()),
        missing: Type.Array(oneOf(templateFields)),
      }),
    ),
  }),
)
export type AutomationPreview = Static<typeof AutomationPreview>

export const runStatuses = ['scheduled', 'sent', 'delivered', 'replied', 'expired', 'cancelled', 'failed'] as const
export type RunStatus = (typeof runStatuses)[number]

/**
 * What an answer did. `moved`: the order went to the button's stage. `to_complete`: a yes to an order that lacks
 * something, which waits at the head of the calls; `second_yes`: so does one whose risk asks for a second yes. `stayed`: the button moves nothing, or the order was there. `refused`:
 * the order cannot go there. `late`: the order had moved before. `repeated`: the same answer again. `changed_mind`:
 * another answer than the first, for somebody to look at. `text`: free words, which a person reads.
 */
export const answerOutcomes = [
  'moved',
  ...yesLacks,
  'stayed',
  'refused',
  'late',
  'repeated',
  'changed_mind',
  'text',
] as const
export type AnswerOutcome = (typeof answerOutcomes)[number]

export const RunEffect = Type.Object({
  outcome: oneOf(['moved', ...yesLacks, 'stayed', 'refused'] as const),
  /** Where the order went. */
  stageId: nullable(Uuid),
})
export type RunEffect = Static<typeof RunEffect>

export const RunAnswer = Type.Object({
  messageId: Uuid,
  /** Which button; null for free words. */
  index: nullable(Type.Integer()),
  /** On which card of a carousel, from 0. */
  card: Type.Optional(Type.Integer()),
  at: Instant,
  outcome: oneOf(answerOutcomes),
})
export type RunAnswer = Static<typeof RunAnswer>

export const AutomationRun = named(
  'AutomationRun',
  Type.Object({
    id: Uuid,
    automationId: Uuid,
    automationName: Type.String(),
    orderId: Uuid,
    orderNumber: Type.Integer(),
    customerName: Type.String(),
    /** The stage that the order entered. */
    stageId: Uuid,
    status: oneOf(runStatuses),
    /** The text as it was sent; null before. */
    text: nullable(Type.String()),
    buttons: Type.Array(
      Type.Object({
        index: Type.Integer(),
        text: Type.String(),
        stageId: nullable(Uuid),
        chosen: Type.Boolean(),
      }),
    ),
    /** When it is to leave, or was. It moves on while something holds it up, which `error` then names. */
    scheduledAt: Instant,
    sentAt: nullable(Instant),
    deliveredAt: nullable(Instant),
    repliedAt: nullable(Instant),
    /** When silence moves the order. */
    expiresAt: nullable(Instant),
    answers: Type.Array(RunAnswer),
    effect: nullable(RunEffect),
    /** How often it was tried. */
    attempts: Type.Integer(),
    /** Why it waits, was cancelled or failed: a code of refusal. */
    error: nullable(Type.String()),
    conversationId: nullable(Uuid),
    /** Millionths of a dirham; null while nothing was sent, or Meta's price is not in the table. */
    costMicroDirhams: nullable(Type.Integer()),
    createdAt: Instant,
  }),
)
export type AutomationRun = Static<typeof AutomationRun>
export const AutomationRunPage = page('AutomationRunPage', ref(AutomationRun))
export const AutomationRunQuery = closed({
  status: Type.Optional(oneOf(runStatuses)),
  automationId: Type.Optional(Uuid),
  orderId: Type.Optional(Uuid),
  ...pageQuery,
})
export type AutomationRunQuery = Static<typeof AutomationRunQuery>
