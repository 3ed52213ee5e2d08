import { Count, ref } from '@sendocki/domain/schema'
import {
  CreateSegment,
  EditSegment,
  PreviewSegment,
  Segment,
  SegmentList,
  SegmentParams,
} from '@sendocki/domain/segments/segment'
import { type Api, problems } from '../../http/api.ts'
import { createSegment, deleteSegment, editSegment, previewSegment, readSegments } from './segments.commands.ts'

const tags = ['Segments']

export const segmentsRoutes = (app: Api): void => {
  app.get(
    '/segments',
    {
      config: { permission: 'segments.read' },
      schema: {
        operationId: 'listSegments',
        tags,
        summary: 'The built-in segments and the merchant’s own, with who fits',
        response: { 200: ref(SegmentList), ...problems },
      },
    },
    (req) => readSegments(req.ctx),
  )
  app.post(
    '/segments',
    {
      config: { permission: 'segments.edit' },
      schema: {
        operationId: 'createSegment',
        tags,
        summary: 'Adds a segment; who fits is found in the background',
        body: ref(CreateSegment),
        response: { 201: ref(Segment), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return createSegment(req.ctx, req.body)
    },
  )
  app.post(
    '/segments/preview',
    {
      config: { permission: 'segments.read', costly: true },
      schema: {
        operationId: 'previewSegment',
        tags,
        summary: 'How many customers a rule would choose now, up to 1,000',
        body: ref(PreviewSegment),
        response: { 200: ref(Count), ...problems },
      },
    },
    (req) => previewSegment(req.ctx, req.body.rule),
  )
  app.patch(
    '/segments/:id',
    {
      config: { permission: 'segments.edit' },
      schema: {
        operationId: 'editSegment',
        tags,
        summary: 'Changes a segment in the version that was read; of a built-in one its rule',
        params: SegmentParams,
        body: ref(EditSegment),
        response: { 200: ref(Segment), ...problems },
      },
    },
    (req) => editSegment(req.ctx, req.params.id, req.body),
  )
  app.delete(
    '/segments/:id',
    {
      config: { permission: 'segments.edit' },
      schema: {
        operationId: 'deleteSegment',
        tags,
        summary: 'Removes a segment; a built-in one gets its usual rule back',
        params: SegmentParams,
        response: { 200: ref(SegmentList), ...problems },
      },
    },
    async (req) => {
      await deleteSegment(req.ctx, req.params.id)
      return readSegments(req.ctx)
    },
  )
}
