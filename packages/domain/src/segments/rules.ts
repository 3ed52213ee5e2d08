/*
 * Segments: customers with one behaviour, by a rule that a person reads and changes. Who fits is kept by jobs and dated.
 * Source: product.md, the promise S21.
 */

type Kind = 'count' | 'percent' | 'money' | 'instant' | 'city' | 'text'

/** Every field by which a rule can choose customers. Percents are of what was delivered or came back. */
export const segmentFieldKinds = {
  orders: 'count',
  delivered: 'count',
  returned: 'count',
  cancelled: 'count',
  deliveredPercent: 'percent',
  returnedPercent: 'percent',
  deliveredCentimes: 'money',
  firstOrderAt: 'instant',
  lastOrderAt: 'instant',
  city: 'city',
  tag: 'text',
} as const satisfies Record<string, Kind>
export type SegmentField = keyof typeof segmentFieldKinds
export const segmentFields = Object.keys(segmentFieldKinds) as SegmentField[]

/** `lastDays` counts today; `olderThanDays` is longer ago than that; `is` is one city or tag. */
export const segmentOps = ['atLeast', 'atMost', 'lastDays', 'olderThanDays', 'is'] as const
export type SegmentOp = (typeof segmentOps)[number]

export interface SegmentTerm {
  readonly field: SegmentField
  readonly op: SegmentOp
  readonly value: number | string
}
/** Terms that must all hold. */
export type SegmentRule = readonly SegmentTerm[]

export const mostSegmentTerms = 8
export const mostSegments = 30
const longestAge = 3_650
const mostCentimes = 99_999_999_999

const opsOfKind: Record<Kind, readonly SegmentOp[]> = {
  count: ['atLeast', 'atMost'],
  percent: ['atLeast', 'atMost'],
  money: ['atLeast', 'atMost'],
  instant: ['lastDays', 'olderThanDays'],
  city: ['is'],
  text: ['is'],
}
/** What can be asked of a field. */
export const segmentOpsOf = (field: SegmentField): readonly SegmentOp[] => opsOfKind[segmentFieldKinds[field]]

const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most

const fits = (kind: Kind, value: unknown): boolean => {
  switch (kind) {
    case 'count':
      return isWhole(value, 0, 100_000)
    case 'percent':
      return isWhole(value, 0, 100)
    case 'money':
      return isWhole(value, 0, mostCentimes)
    case 'instant':
      return isWhole(value, 1, longestAge)
    case 'city':
    case 'text':
      return typeof value === 'string' && value.trim() !== '' && value.length <= 80
  }
}

/** The place of the first term that asks what its field cannot be asked; -1 when the rule is sound. */
export const unsoundTerm = (rule: SegmentRule): number =>
  rule.findIndex(({ field, op, value }) => !segmentOpsOf(field).includes(op) || !fits(segmentFieldKinds[field], value))

export const builtInSegments = ['new', 'loyal', 'top_buyers', 'at_risk', 'cod_risk', 'dormant'] as const
export type BuiltInSegment = (typeof builtInSegments)[number]
export const isBuiltIn = (text: string): text is BuiltInSegment => builtInSegments.some((key) => key === text)

/** What the built-in ones mean until a merchant says otherwise. */
export const usualRules: Readonly<Record<BuiltInSegment, SegmentRule>> = {
  new: [{ field: 'firstOrderAt', op: 'lastDays', value: 30 }],
  loyal: [
    { field: 'delivered', op: 'atLeast', value: 3 },
    { field: 'deliveredPercent', op: 'atLeast', value: 80 },
  ],
  top_buyers: [{ field: 'deliveredCentimes', op: 'atLeast', value: 200_000 }],
  at_risk: [
    { field: 'delivered', op: 'atLeast', value: 2 },
    { field: 'lastOrderAt', op: 'olderThanDays', value: 60 },
    { field: 'lastOrderAt', op: 'lastDays', value: 180 },
  ],
  cod_risk: [
    { field: 'returned', op: 'atLeast', value: 2 },
    { field: 'returnedPercent', op: 'atLeast', value: 40 },
  ],
  dormant: [{ field: 'lastOrderAt', op: 'olderThanDays', value: 180 }],
}
