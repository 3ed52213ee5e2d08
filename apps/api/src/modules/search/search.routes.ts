import { ref } from '@sendocki/domain/schema'
import { SearchQuery, SearchResults } from '@sendocki/domain/search/results'
import { type Api, problems } from '../../http/api.ts'
import { search } from './search.commands.ts'

export const searchRoutes = (app: Api): void => {
  app.get(
    '/search',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'searchEverything',
        tags: ['Search'],
        summary: 'One box: number, phone fragment, name in either script, reference, tracking number, e-mail',
        querystring: SearchQuery,
        response: { 200: ref(SearchResults), ...problems },
      },
    },
    (req) => search(req.ctx, req.query.q),
  )
}
