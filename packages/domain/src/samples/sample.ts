import { type Static, Type } from 'typebox'
import { Instant, named, nullable, oneOf } from '../schema.ts'

/** Examples are made and taken away in the background; in between they are `there`. */
export const sampleStatuses = ['none', 'adding', 'there', 'removing'] as const
export type SampleStatus = (typeof sampleStatuses)[number]

/** How many orders an account is filled with, spread over how many days. */
export const sampleSize = { orders: 240, days: 90 } as const

export const Samples = named(
  'Samples',
  Type.Object({
    status: oneOf(sampleStatuses),
    /** How many will be there; zero when none are wanted. */
    wanted: Type.Integer({ minimum: 0 }),
    requestedAt: nullable(Instant),
    /** What taking them away removes: orders that are examples, and customers whom no other order names. */
    orders: Type.Integer({ minimum: 0 }),
    customers: Type.Integer({ minimum: 0 }),
  }),
)
export type Samples = Static<typeof Samples>
