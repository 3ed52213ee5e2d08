import { CreateLabels, CreatePickup, LabelSheet, Pickup, PickupPage } from '@sendocki/domain/parcels/parcel-schema'
import { closed, IdParams, pageQuery, ref } from '@sendocki/domain/schema'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import {
  askLabels,
  askPickup,
  awaitSheetFile,
  readPickups,
  readSheet,
  readSheetFile,
} from './carrier-papers.commands.ts'

const tags = ['Parcels']
const pdf = {
  description: 'The labels',
  content: { 'application/pdf': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}
/** How long a caller is kept waiting for a carrier before it is told to come back. */
const waitSeconds = 10

const sendPdf = (reply: FastifyReply, id: string, file: Buffer): FastifyReply =>
  reply.type('application/pdf').header('content-disposition', `inline; filename="etiquettes-${id}.pdf"`).send(file)

export const carrierPapersRoutes = (app: Api): void => {
  app.post(
    '/labels',
    {
      // Labels show whole phones. A sheet can be asked for any number of times: it makes neither money nor parcels.
      config: { permission: 'parcels.edit', idempotency: 'none', costly: true },
      schema: {
        operationId: 'createLabels',
        tags,
        summary:
          'Labels as PDF; 202 with the sheet to come back for when the carrier is slow or `Prefer: respond-async`',
        headers: Type.Object({ prefer: Type.Optional(Type.String({ maxLength: 100 })) }),
        body: ref(CreateLabels),
        response: { 200: pdf, 202: ref(LabelSheet), ...problems },
      },
    },
    async (req, reply) => {
      const sheet = await askLabels(req.ctx, req.body)
      const seconds = req.headers.prefer?.includes('respond-async') ? 0 : waitSeconds
      const file = await awaitSheetFile(req.ctx, sheet.id, seconds)
      return file ? sendPdf(reply, sheet.id, file) : reply.code(202).send(sheet)
    },
  )
  app.get(
    '/labels/:id',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'getLabelSheet',
        tags,
        summary: 'Whether a label sheet is ready',
        params: IdParams,
        response: { 200: ref(LabelSheet), ...problems },
      },
    },
    (req) => readSheet(req.ctx, req.params.id),
  )
  app.get(
    '/labels/:id/file',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'getLabelFile',
        tags,
        summary: 'The pages of a label sheet, for a day',
        params: IdParams,
        response: { 200: pdf, ...problems },
      },
    },
    async (req, reply) => sendPdf(reply, req.params.id, await readSheetFile(req.ctx, req.params.id)),
  )
  pickupRoutes(app)
}

const pickupRoutes = (app: Api): void => {
  app.get(
    '/pickups',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'listPickups',
        tags,
        summary: 'Pick-up requests, newest first',
        querystring: closed(pageQuery),
        response: { 200: ref(PickupPage), ...problems },
      },
    },
    (req) => readPickups(req.ctx, req.query),
  )
  app.post(
    '/pickups',
    {
      config: { permission: 'parcels.edit' },
      schema: {
        operationId: 'createPickup',
        tags,
        summary: 'Ask the carrier to fetch parcels; `status` tells what it said once the job has run',
        body: ref(CreatePickup),
        response: { 202: ref(Pickup), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(202)
      return askPickup(req.ctx, req.body)
    },
  )
}
