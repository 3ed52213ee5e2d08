import { Inbound, InboundDetail, InboundPage, InboundQuery } from '@sendocki/domain/inbound/inbound'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { readInbound, replayInbound } from './inbound.commands.ts'
import { listInbound } from './inbound.queries.ts'

const tags = ['Inbound']

/** What came in from shops and carriers, as it came. */
export const inboundRoutes = (app: Api): void => {
  app.get(
    '/inbound',
    {
      config: { permission: 'inbound.read' },
      schema: {
        operationId: 'listInbound',
        tags,
        summary: 'Deliveries that came in, newest first',
        querystring: InboundQuery,
        response: { 200: ref(InboundPage), ...problems },
      },
    },
    (req) => req.ctx.read((tx) => listInbound(tx, req.query)),
  )
  app.get(
    '/inbound/:id',
    {
      config: { permission: 'inbound.read' },
      schema: {
        operationId: 'getInbound',
        tags,
        summary: 'One delivery with its body',
        params: IdParams,
        response: { 200: ref(InboundDetail), ...problems },
      },
    },
    (req) => readInbound(req.ctx, req.params.id),
  )
  app.post(
    '/inbound/:id/replay',
    {
      config: { permission: 'inbound.replay' },
      schema: {
        operationId: 'replayInbound',
        tags,
        summary: 'Have a delivery read again',
        params: IdParams,
        response: { 200: ref(Inbound), ...problems },
      },
    },
    (req) => replayInbound(req.ctx, req.params.id),
  )
}
