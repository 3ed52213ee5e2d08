import { OrderFees } from '@sendocki/domain/parcels/order-fees'
import {
  CreateParcels,
  IntentResults,
  MapStatus,
  Parcel,
  ParcelDetail,
  ParcelPage,
  ParcelQuery,
  UnknownStatusList,
} from '@sendocki/domain/parcels/parcel-schema'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { createParcels } from './intending.commands.ts'
import { readOrderFees } from './order-fees.commands.ts'
import { readParcel, readParcels, refreshParcel } from './parcels.commands.ts'
import { mapStatus, readUnknownStatuses } from './tracking.commands.ts'
import { cancelParcel } from './withdrawing.commands.ts'

const tags = ['Parcels']

export const parcelsRoutes = (app: Api): void => {
  app.get(
    '/parcels',
    {
      config: { permission: 'parcels.read' },
      schema: {
        operationId: 'listParcels',
        tags,
        summary: 'Parcels, newest first',
        querystring: ParcelQuery,
        response: { 200: ref(ParcelPage), ...problems },
      },
    },
    (req) => readParcels(req.ctx, req.query),
  )
  app.post(
    '/parcels',
    {
      config: { permission: 'parcels.create', idempotency: 'required' },
      schema: {
        operationId: 'createParcels',
        tags,
        summary: 'Turn 1 to 500 orders into parcels, or say what would become of them; each is answered for itself',
        body: ref(CreateParcels),
        response: { 202: ref(IntentResults), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(202)
      return createParcels(req.ctx, req.body)
    },
  )
  app.get(
    '/parcels/:id',
    {
      config: { permission: 'parcels.read' },
      schema: {
        operationId: 'getParcel',
        tags,
        summary: 'One parcel with everything its carrier has told',
        params: IdParams,
        response: { 200: ref(ParcelDetail), ...problems },
      },
    },
    (req) => readParcel(req.ctx, req.params.id),
  )
  app.post(
    '/parcels/:id/cancel',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'cancelParcel',
        tags,
        summary: 'Call a parcel off before its pick-up; `cancelRequestedAt` stands until the carrier has agreed',
        params: IdParams,
        response: { 202: ref(Parcel), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(202)
      return cancelParcel(req.ctx, req.params.id)
    },
  )
  app.post(
    '/parcels/:id/refresh',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'refreshParcel',
        tags,
        summary: 'Ask the carrier where the parcel is; the answer arrives by the stream',
        params: IdParams,
        response: { 202: ref(Parcel), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(202)
      return refreshParcel(req.ctx, req.params.id)
    },
  )
  app.get(
    '/orders/:id/fees',
    {
      config: { permission: 'orders.read' },
      schema: {
        operationId: 'getOrderFees',
        tags,
        summary: 'What bringing an order costs: its parcel’s own fee, or what each carrier takes for its city',
        params: IdParams,
        response: { 200: ref(OrderFees), ...problems },
      },
    },
    (req) => readOrderFees(req.ctx, req.params.id),
  )
  wordRoutes(app)
}

const wordRoutes = (app: Api): void => {
  app.get(
    '/carrier-accounts/:id/unknown-statuses',
    {
      config: { permission: 'carriers.read' },
      schema: {
        operationId: 'listUnknownStatuses',
        tags: ['Carriers'],
        summary: 'Words of the carrier that are not in our table, and what they were said to mean',
        params: IdParams,
        response: { 200: ref(UnknownStatusList), ...problems },
      },
    },
    (req) => readUnknownStatuses(req.ctx, req.params.id),
  )
  app.put(
    '/carrier-accounts/:id/unknown-statuses',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'mapUnknownStatus',
        tags: ['Carriers'],
        summary: 'Say what a word means; everything told in it before is read again',
        params: IdParams,
        body: ref(MapStatus),
        response: { 200: ref(UnknownStatusList), ...problems },
      },
    },
    (req) => mapStatus(req.ctx, req.params.id, req.body),
  )
}
