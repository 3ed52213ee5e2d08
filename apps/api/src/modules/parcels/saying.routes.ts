import { WriteSheet } from '@sendocki/domain/carriers/sheet'
import { IntentResult, Parcel } from '@sendocki/domain/parcels/parcel-schema'
import {
  CreateManualParcel,
  EditParcel,
  SayStatus,
  SayStatuses,
  TrackingOperation,
} from '@sendocki/domain/parcels/tracking-operation'
import { IdParams, ref } from '@sendocki/domain/schema'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { undoTracking } from './operations.commands.ts'
import { createManualParcel, nameParcel, receiveReturn, sayStatus, sayStatuses } from './saying.commands.ts'
import { sheetTypes, writeSheet } from './sheets.commands.ts'

const tags = ['Parcels']
const binary = { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) }
const sheetFile = {
  description: 'The file',
  content: { [sheetTypes.csv]: binary, [sheetTypes.xlsx]: binary },
}

/** Parcels of carriers without API: what people do in place of a call. */
export const sayingRoutes = (app: Api): void => {
  app.post(
    '/parcels/manual',
    {
      config: { permission: 'parcels.create', idempotency: 'required' },
      schema: {
        operationId: 'createManualParcel',
        tags,
        summary: 'Hand one order to a carrier without API, with the tracking number that it gave',
        body: ref(CreateManualParcel),
        response: { 201: ref(IntentResult), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return createManualParcel(req.ctx, req.body)
    },
  )
  app.patch(
    '/parcels/:id',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'editParcel',
        tags,
        summary: 'Type the tracking number of a parcel whose carrier has no API',
        params: IdParams,
        body: ref(EditParcel),
        response: { 200: ref(Parcel), ...problems },
      },
    },
    (req) => nameParcel(req.ctx, req.params.id, req.body),
  )
  app.post(
    '/parcels/:id/tracking-events',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'createTrackingEvent',
        tags,
        summary: 'Say where a parcel is whose carrier has no API; its order and cash follow',
        params: IdParams,
        body: ref(SayStatus),
        response: { 201: ref(TrackingOperation), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return sayStatus(req.ctx, req.params.id, req.body)
    },
  )
  app.post(
    '/tracking-events',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'createTrackingEvents',
        tags,
        summary: 'The same of up to 200 parcels: each is answered for itself, and one undo takes all back',
        body: ref(SayStatuses),
        response: { 201: ref(TrackingOperation), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return sayStatuses(req.ctx, req.body)
    },
  )
  app.post(
    '/parcels/:id/return',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'receiveReturn',
        tags,
        summary: 'The goods of a refused or returning parcel are back in our hands',
        params: IdParams,
        response: { 201: ref(TrackingOperation), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return receiveReturn(req.ctx, req.params.id)
    },
  )
  operationRoutes(app)
}

const operationRoutes = (app: Api): void => {
  app.post(
    '/tracking-operations/:id/undo',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'undoTrackingOperation',
        tags,
        summary: 'Take back what was said of parcels: order, cash and ledger stand as before, as far as they can',
        params: IdParams,
        response: { 200: ref(TrackingOperation), ...problems },
      },
    },
    (req) => undoTracking(req.ctx, req.params.id),
  )
  app.post(
    '/carrier-accounts/:id/sheet',
    {
      // The file shows whole phones, as labels do. It can be asked for any number of times.
      config: { permission: 'parcels.edit', idempotency: 'none' },
      schema: {
        operationId: 'writeCarrierSheet',
        tags: ['Carriers'],
        summary: 'The file that the carrier’s portal imports, with these parcels, in the account’s layout',
        params: IdParams,
        body: ref(WriteSheet),
        response: { 200: sheetFile, ...problems },
      },
    },
    async (req, reply) => {
      const { file, name, type } = await writeSheet(req.ctx, req.params.id, req.body)
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('x-content-type-options', 'nosniff')
        .send(file)
    },
  )
}
