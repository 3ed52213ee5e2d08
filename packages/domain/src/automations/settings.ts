import { type Static, Type } from 'typebox'
import { Centimes, closed, Day, Instant, named, nullable, oneOf, Version } from '../schema.ts'
import { templateCategories } from '../whatsapp/template.ts'

/*
 * What messages cost and how many may go out. Meta bills each delivered message by its category; its prices change, so
 * they are the merchant's own table, each from a day on. Source: product.md 7, integrations.md 4.8.
 */

export const pricedCategories = [...templateCategories, 'service'] as const
export type PricedCategory = (typeof pricedCategories)[number]

/** Millionths of a dirham: Meta's prices have four figures behind the comma. */
const MicroDirhams = Type.Integer({ minimum: 0, maximum: 100_000_000 })

export const MessageRate = closed({ category: oneOf(pricedCategories), from: Day, microDirhams: MicroDirhams })
export type MessageRate = Static<typeof MessageRate>

export const AutomationSettings = closed({
  rates: Type.Array(MessageRate, { maxItems: 60 }),
  /** For all messages of a month; null: none. Past it nothing goes out as marketing. */
  monthlyBudgetCentimes: nullable(Centimes),
  /** Whether confirmations stop at the budget too. */
  stopConfirmations: Type.Boolean(),
  /** Messages that we start with one buyer within some hours. */
  cap: closed({
    messages: Type.Integer({ minimum: 1, maximum: 20 }),
    hours: Type.Integer({ minimum: 1, maximum: 168 }),
  }),
})
export type AutomationSettings = Static<typeof AutomationSettings>

/**
 * A beginning of the size of what Meta asks in Morocco, at ten dirhams a dollar. It is no quotation: the merchant
 * compares with Meta's own list and corrects.
 */
export const defaultRates: readonly MessageRate[] = [
  { category: 'marketing', from: '2025-07-01', microDirhams: 225_000 },
  { category: 'utility', from: '2025-07-01', microDirhams: 40_000 },
  { category: 'service', from: '2025-07-01', microDirhams: 0 },
  { category: 'service', from: '2026-10-01', microDirhams: 40_000 },
]
/** The day on which they were put together. */
export const defaultRatesDay = '2026-11-01'

/** Whether nobody has corrected the prices yet. */
export const areDefaultRates = (rates: readonly MessageRate[]): boolean =>
  rates.length === defaultRates.length &&
  rates.every(({ category, from, microDirhams }, index) => {
    const known = defaultRates[index]
    return category === known?.category && from === known.from && microDirhams === known.microDirhams
  })

export const defaultAutomationSettings: AutomationSettings = {
  rates: [...defaultRates],
  monthlyBudgetCentimes: null,
  stopConfirmations: false,
  cap: { messages: 3, hours: 24 },
}

/** The field that the schema cannot judge: two prices of one category from one day. Null when all is well. */
export const settingsFault = ({ rates }: AutomationSettings): { path: string; code: 'repeated' } | null => {
  const at = rates.findIndex((rate, index) =>
    rates.slice(0, index).some(({ category, from }) => category === rate.category && from === rate.from),
  )
  return at < 0 ? null : { path: `rates.${at}.from`, code: 'repeated' }
}

/** The price of a category on a day; null where the table does not know it. */
export const rateOn = (rates: readonly MessageRate[], category: string, day: string): number | null =>
  rates
    .filter((rate) => rate.category === category && rate.from <= day)
    .toSorted((one, other) => one.from.localeCompare(other.from))
    .at(-1)?.microDirhams ?? null

/** Ten thousand millionths make a centime. */
export const microsInCentime = 10_000

/** The steps of a budget at which the merchant is warned, in per cent. */
export const budgetWarnings = [80, 100] as const
export type BudgetWarning = (typeof budgetWarnings)[number]

/** The highest step that was reached; null below the first or without a budget. */
export const budgetReached = (spentMicros: number, budgetCentimes: number | null): BudgetWarning | null => {
  if (budgetCentimes === null) return null
  const budget = budgetCentimes * microsInCentime
  return budgetWarnings.findLast((percent) => spentMicros * 100 >= budget * percent) ?? null
}

export const KeptAutomationSettings = named(
  'AutomationSettings',
  Type.Object({ settings: AutomationSettings, version: Version, updatedAt: nullable(Instant) }),
)
export type KeptAutomationSettings = Static<typeof KeptAutomationSettings>
export const SaveAutomationSettings = named(
  'SaveAutomationSettings',
  closed({ settings: AutomationSettings, version: Version }),
)
export type SaveAutomationSettings = Static<typeof SaveAutomationSettings>

/** `YYYY-MM`, of Moroccan days; the running month when it is left out. */
export const CostQuery = closed({
  month: Type.Optional(Type.String({ pattern: '^20[0-9]{2}-(?:0[1-9]|1[0-2])$', maxLength: 7 })),
})
export type CostQuery = Static<typeof CostQuery>

export const MessageCosts = named(
  'MessageCosts',
  Type.Object({
    month: Type.String(),
    messages: Type.Integer(),
    microDirhams: Type.Integer(),
    /** Messages of a category without a price. */
    unpriced: Type.Integer(),
    budgetCentimes: nullable(Type.Integer()),
    /** 80 or 100 once so many per cent of the budget are spent. */
    reached: nullable(Type.Integer()),
    /** Orders that were written to, how many of them are confirmed, and what the messages cost for each of those. */
    orders: Type.Integer(),
    confirmedOrders: Type.Integer(),
    perConfirmedMicroDirhams: nullable(Type.Integer()),
    templates: Type.Array(
      Type.Object({
        name: Type.String(),
        language: Type.String(),
        category: Type.String(),
        messages: Type.Integer(),
        microDirhams: Type.Integer(),
      }),
    ),
  }),
)
export type MessageCosts = Static<typeof MessageCosts>
