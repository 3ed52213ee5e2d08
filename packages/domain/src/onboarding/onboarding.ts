import { type Static, Type } from 'typebox'
import { closed, named, nullable, oneOf } from '../schema.ts'

/*
 * The first steps of a merchant, from an account to a first order. Whether one is done is read from what is there, never
 * from a click; skipping one is only a wish not to be asked. Source: product.md 1, S1.
 */

export const steps = ['account', 'team', 'pipeline', 'store', 'carrier', 'whatsapp', 'first_order'] as const
export type Step = (typeof steps)[number]

export const stepStatuses = ['done', 'todo', 'skipped'] as const
export type StepStatus = (typeof stepStatuses)[number]

export const OnboardingStep = Type.Object({
  key: oneOf(steps),
  status: oneOf(stepStatuses),
  /** How many there are of what the step asks for: colleagues and invitations, stages, stores, carriers, numbers. */
  count: Type.Integer({ minimum: 0 }),
})
export type OnboardingStep = Static<typeof OnboardingStep>

export const Onboarding = named(
  'Onboarding',
  Type.Object({
    steps: Type.Array(OnboardingStep),
    /** The first step that waits; null when none does. */
    next: nullable(oneOf(steps)),
    /** Nothing more is asked: every step is done or skipped. */
    finished: Type.Boolean(),
    /** The merchant does not want to be reminded of it. */
    putAway: Type.Boolean(),
    merchantName: Type.String(),
  }),
)
export type Onboarding = Static<typeof Onboarding>

const StepList = Type.Array(oneOf(steps), { minItems: 1, maxItems: steps.length, uniqueItems: true })

export const EditOnboarding = named(
  'EditOnboarding',
  closed({
    skip: Type.Optional(StepList),
    /** Asks again for steps that were skipped. */
    resume: Type.Optional(StepList),
    putAway: Type.Optional(Type.Boolean()),
  }),
)
export type EditOnboarding = Static<typeof EditOnboarding>

/** What is there, counted; examples of ours are not. */
export interface OnboardingFacts {
  /** Members beside the first one, and invitations that are open or were accepted. */
  readonly colleagues: number
  readonly stages: number
  readonly stores: number
  readonly carriers: number
  /** WhatsApp numbers that are connected. */
  readonly numbers: number
  readonly orders: number
}

/** An account exists as soon as its owner can ask: the code of the mail was its proof. */
const countOf: Record<Step, (facts: OnboardingFacts) => number> = {
  account: () => 1,
  team: ({ colleagues }) => colleagues,
  pipeline: ({ stages }) => stages,
  store: ({ stores }) => stores,
  carrier: ({ carriers }) => carriers,
  whatsapp: ({ numbers }) => numbers,
  first_order: ({ orders }) => orders,
}

/** Where each step stands. A fact is stronger than a wish: a skipped step that came true is done. */
export const stepsOf = (facts: OnboardingFacts, skipped: readonly Step[]): OnboardingStep[] =>
  steps.map((key) => {
    const count = countOf[key](facts)
    if (count > 0) return { key, status: 'done', count }
    return { key, status: skipped.includes(key) ? 'skipped' : 'todo', count }
  })

export const nextStep = (all: readonly OnboardingStep[]): Step | null =>
  all.find(({ status }) => status === 'todo')?.key ?? null

/** The skipped steps after a wish; in the order of the steps, each once. */
export const skippedAfter = (skipped: readonly Step[], { skip = [], resume = [] }: EditOnboarding): Step[] =>
  steps.filter((step) => (skipped.includes(step) || skip.includes(step)) && !resume.includes(step))
