import { AuditPage, AuditQuery, FeedPage, FeedQuery } from '@sendocki/domain/events/event'
import { ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { readAudit, readFeed } from './events.commands.ts'

const tags = ['Events']

export const eventsRoutes = (app: Api): void => {
  app.get(
    '/events',
    {
      config: { permission: 'events.read' },
      schema: {
        operationId: 'listEvents',
        tags,
        summary: 'What happened after a sequence, oldest first; a cursor is good for ever',
        querystring: FeedQuery,
        response: { 200: ref(FeedPage), ...problems },
      },
    },
    (req) => readFeed(req.ctx, req.query),
  )
  app.get(
    '/audit-log',
    {
      config: { permission: 'audit.read', costly: true },
      schema: {
        operationId: 'listAuditEntries',
        tags,
        summary: 'Who changed what, before and after, when, from where; newest first',
        querystring: AuditQuery,
        response: { 200: ref(AuditPage), ...problems },
      },
    },
    (req) => readAudit(req.ctx, req.query),
  )
}
