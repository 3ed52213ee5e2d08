import { type Static, Type } from 'typebox'
import { closed, Instant, named, nullable, oneOf, page, pageQuery, ref, Uuid } from '../schema.ts'
import { InboundDetail } from './inbound.ts'

/** How a person settled a job that had given up. */
export const settlements = ['replayed', 'dismissed'] as const
export type Settlement = (typeof settlements)[number]

/** A job that gave up: what it was, why, how often it was tried. */
export const DeadLetter = named(
  'DeadLetter',
  Type.Object({
    id: Uuid,
    job: Type.String(),
    code: Type.String(),
    message: Type.String(),
    attempts: Type.Integer(),
    subject: nullable(Type.Object({ kind: Type.String(), id: Uuid })),
    failedAt: Instant,
    settledAt: nullable(Instant),
    settledAs: nullable(oneOf(settlements)),
  }),
)
export type DeadLetter = Static<typeof DeadLetter>
export const DeadLetterPage = page('DeadLetterPage', ref(DeadLetter))

export const DeadLetterDetail = named(
  'DeadLetterDetail',
  Type.Object({
    ...DeadLetter.properties,
    payload: Type.Record(Type.String(), Type.Unknown()),
    /** The delivery that the job could not read, when it was about one. */
    inbound: nullable(ref(InboundDetail)),
  }),
)
export type DeadLetterDetail = Static<typeof DeadLetterDetail>

export const DeadLetterQuery = closed({ settled: Type.Optional(Type.Boolean()), ...pageQuery })
export type DeadLetterQuery = Static<typeof DeadLetterQuery>
