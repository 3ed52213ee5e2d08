import { IdParams, ref } from '@sendocki/domain/schema'
import {
  KeepMedia,
  Media,
  MediaList,
  mediaBytesMost,
  sentTypes,
  UploadMediaQuery,
} from '@sendocki/domain/whatsapp/media'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { takeUploads } from '../../http/uploads.ts'
import {
  fetchAgain,
  type HandedOut,
  keepMedia,
  letMediaGo,
  openMedia,
  readLibrary,
  uploadMedia,
} from './media.commands.ts'

const tags = ['WhatsApp']
const upload = { types: [...Object.keys(sentTypes), 'application/octet-stream'], bytes: mediaBytesMost } as const

/**
 * What a browser may show in the page, by its bytes; a document is saved, whatever it is. The name is written so that no
 * sign of it ends the header.
 */
const dispositionOf = ({ kind, fileName }: HandedOut): string => {
  const how = kind === 'document' ? 'attachment' : 'inline'
  if (fileName === null) return how
  const name = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `${how}; filename*=UTF-8''${name}`
}

/** Files in conversations, and those that colleagues keep to send again. */
export const mediaRoutes = (app: Api): void => {
  app.get(
    '/whatsapp/media',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'listMediaLibrary',
        tags,
        summary: 'Files that are kept to be sent again, by name',
        response: { 200: ref(MediaList), ...problems },
      },
    },
    (req) => readLibrary(req.ctx),
  )
  void app.register(async (scope) => {
    takeUploads(scope as never, upload)
    ;(scope as Api).post(
      '/whatsapp/media',
      {
        config: { permission: 'conversations.write', idempotency: 'none', upload },
        schema: {
          operationId: 'uploadMedia',
          tags,
          summary: 'Upload a file to send: a photo, a sound, a video or a document; unsent, it is gone after a day',
          querystring: UploadMediaQuery,
          response: { 201: ref(Media), ...problems },
        },
      },
      async (req, reply) => {
        reply.code(201)
        return uploadMedia(req.ctx, req.query, req.body)
      },
    )
  })
  app.get(
    '/whatsapp/media/:id',
    {
      config: { permission: 'conversations.read' },
      schema: {
        operationId: 'getMedia',
        tags,
        summary: 'The bytes of a file, as they came',
        params: IdParams,
        response: { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }), ...problems },
      },
    },
    async (req, reply) => {
      const file = await openMedia(req.ctx, req.params.id)
      return reply.type(file.type).header('content-disposition', dispositionOf(file)).send(file.bytes)
    },
  )
  app.post(
    '/whatsapp/media/:id/fetch',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'fetchMediaAgain',
        tags,
        summary: 'Ask Meta once more for a file that did not come',
        params: IdParams,
        response: { 200: ref(Media), ...problems },
      },
    },
    (req) => fetchAgain(req.ctx, req.params.id),
  )
  app.post(
    '/whatsapp/media/:id/keep',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'keepMedia',
        tags,
        summary: 'Keep a file under a name, to send it again',
        params: IdParams,
        body: ref(KeepMedia),
        response: { 200: ref(Media), ...problems },
      },
    },
    (req) => keepMedia(req.ctx, req.params.id, req.body),
  )
  app.delete(
    '/whatsapp/media/:id/keep',
    {
      config: { permission: 'conversations.write' },
      schema: {
        operationId: 'letMediaGo',
        tags,
        summary: 'Take a file off those that are kept; where it was sent it stays',
        params: IdParams,
        response: { 200: ref(Media), ...problems },
      },
    },
    (req) => letMediaGo(req.ctx, req.params.id),
  )
}
