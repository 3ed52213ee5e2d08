import { type Static, Type } from 'typebox'
import { closed, Instant, Line, named, nullable, oneOf, ref, Version, Whole } from '../schema.ts'
import { builtInSegments, mostSegmentTerms, segmentFields, segmentOps } from './rules.ts'

/** One term of a rule. What its field cannot be asked is refused with `request.invalid`. */
export const SegmentTerm = named(
  'SegmentTerm',
  closed({
    field: oneOf(segmentFields),
    op: oneOf(segmentOps),
    value: Type.Union([Whole, Type.String({ minLength: 1, maxLength: 80 })]),
  }),
)
const rule = Type.Array(ref(SegmentTerm), { minItems: 1, maxItems: mostSegmentTerms })

export const Segment = named(
  'Segment',
  Type.Object({
    /** An id, or the key of a built-in one. */
    id: Type.String(),
    /** Null for one that the merchant made. */
    key: nullable(oneOf(builtInSegments)),
    /** Null for a built-in one, whose name is in the reader's language. */
    name: nullable(Type.String()),
    /** Terms that must all hold. */
    rule: Type.Array(ref(SegmentTerm)),
    /** A built-in one whose rule the merchant changed. */
    changed: Type.Boolean(),
    /** Who fits, up to 1,000. */
    size: Type.Object({ count: Type.Integer(), capped: Type.Boolean() }),
    version: Version,
    updatedAt: nullable(Instant),
  }),
)
export type Segment = Static<typeof Segment>
export const SegmentList = named('SegmentList', Type.Object({ items: Type.Array(ref(Segment)) }))

export const CreateSegment = named('CreateSegment', closed({ name: Line(60), rule }))
export type CreateSegment = Static<typeof CreateSegment>
export const EditSegment = named(
  'EditSegment',
  closed({ version: Version, name: Type.Optional(Line(60)), rule: Type.Optional(rule) }),
)
export type EditSegment = Static<typeof EditSegment>
export const PreviewSegment = named('PreviewSegment', closed({ rule }))
export const SegmentParams = closed({
  id: Type.String({ maxLength: 36, pattern: `^(?:${builtInSegments.join('|')}|[0-9a-fA-F-]{36})$` }),
})
export const SegmentRef = Type.String({ maxLength: 36, description: 'A segment’s id, or a built-in one’s key' })
