import { Period, ShippedTwice, Today } from '@sendocki/domain/reports/today'
import { ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { readShippedTwice } from '../orders/index.ts'
import { readToday } from './today.commands.ts'

const tags = ['Figures']

export const reportsRoutes = (app: Api): void => {
  app.get(
    '/reports/today',
    {
      config: { permission: 'dashboard.read' },
      schema: {
        operationId: 'getToday',
        tags,
        summary: 'The figures of the Moroccan day, each with the filters of the orders that it counts',
        response: { 200: ref(Today), ...problems },
      },
    },
    (req) => readToday(req.ctx),
  )
  app.get(
    '/reports/duplicates-shipped',
    {
      config: { permission: 'dashboard.read' },
      schema: {
        operationId: 'countDuplicatesShipped',
        tags,
        summary: 'How many orders were shipped in a period beside another that is surely or likely the same wish',
        querystring: Period,
        response: { 200: ref(ShippedTwice), ...problems },
      },
    },
    (req) => readShippedTwice(req.ctx, req.query),
  )
}
