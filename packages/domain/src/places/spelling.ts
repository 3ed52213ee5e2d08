import { type Static, Type } from 'typebox'
import { closed, Instant, Line, named, page, pageQuery, ref, Uuid } from '../schema.ts'

/** How this merchant's buyers write a city. Said once by a person, orders are read so from then on. */
export const CitySpelling = named(
  'CitySpelling',
  Type.Object({
    id: Uuid,
    /** As it was written where it was first explained. */
    text: Type.String(),
    city: Type.Object({ id: Type.String(), name: Type.String() }),
    /** Orders read by it, at most 1,000. While a batch is being repaired the count grows. */
    orderCount: Type.Integer(),
    createdAt: Instant,
  }),
)
export type CitySpelling = Static<typeof CitySpelling>
export const CitySpellingPage = page('CitySpellingPage', ref(CitySpelling))
export const CitySpellingQuery = closed(pageQuery)
export type CitySpellingQuery = Static<typeof CitySpellingQuery>

export const CreateCitySpelling = named(
  'CreateCitySpelling',
  closed({ text: Line(120), city: Type.String({ minLength: 1, maxLength: 80, description: 'The id of a city' }) }),
)
export type CreateCitySpelling = Static<typeof CreateCitySpelling>
