import { CitySpelling, CitySpellingPage, CitySpellingQuery, CreateCitySpelling } from '@sendocki/domain/places/spelling'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, done, problems } from '../../http/api.ts'
import { createSpelling, forgetSpelling, readSpellings, undoSpelling } from './tray.commands.ts'

const tags = ['Orders']

/** The tray "to complete" as far as it goes over single orders: spellings of cities, explained once for all. */
export const trayRoutes = (app: Api): void => {
  app.get(
    '/city-spellings',
    {
      config: { permission: 'spellings.edit' },
      schema: {
        operationId: 'listCitySpellings',
        tags,
        summary: 'Spellings of cities that people of this merchant explained, newest first',
        querystring: CitySpellingQuery,
        response: { 200: ref(CitySpellingPage), ...problems },
      },
    },
    (req) => readSpellings(req.ctx, req.query),
  )
  app.post(
    '/city-spellings',
    {
      config: { permission: 'spellings.edit' },
      schema: {
        operationId: 'createCitySpelling',
        tags,
        summary: 'Says which city a spelling means; the orders that wait under it follow, in the background if many',
        body: ref(CreateCitySpelling),
        response: { 201: ref(CitySpelling), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return createSpelling(req.ctx, req.body)
    },
  )
  app.post(
    '/city-spellings/:id/undo',
    {
      config: { permission: 'spellings.edit' },
      schema: {
        operationId: 'undoCitySpelling',
        tags,
        summary: 'Takes a spelling back with what it did: its orders wait for their city again',
        params: IdParams,
        response: { 200: ref(CitySpelling), ...problems },
      },
    },
    (req) => undoSpelling(req.ctx, req.params.id),
  )
  app.delete(
    '/city-spellings/:id',
    {
      config: { permission: 'spellings.edit' },
      schema: {
        operationId: 'forgetCitySpelling',
        tags,
        summary: 'Forgets a spelling; orders that were read by it keep their city',
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => {
      await forgetSpelling(req.ctx, req.params.id)
      return reply.code(204).send(null)
    },
  )
}
