import { type Static, Type } from 'typebox'
import { Instant, named, nullable, Uuid, Version } from '../schema.ts'

export const Customer = named(
  'Customer',
  Type.Object({
    id: Uuid,
    name: Type.String(),
    /** E.164, or a mask of the same length when `phoneMasked`; null while no usable phone is known. */
    phone: nullable(Type.String({ 'x-mask': 'phone' })),
    phoneMasked: Type.Boolean({ 'x-mask': 'phone' }),
    alternatePhone: nullable(Type.String({ 'x-mask': 'phone' })),
    email: nullable(Type.String()),
    createdAt: Instant,
    updatedAt: Instant,
    erasedAt: nullable(Instant),
    version: Version,
  }),
)
export type Customer = Static<typeof Customer>
