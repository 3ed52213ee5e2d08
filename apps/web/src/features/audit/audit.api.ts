import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

export interface AuditFilters {
  readonly actorId: string | null
  readonly subjectKind: string | null
}

const readAudit = (cursor: string | null, { actorId, subjectKind }: AuditFilters, signal: AbortSignal) =>
  bodyOf(
    api.GET('/api/v1/audit-log', {
      signal,
      params: { query: { ...after(cursor), ...(actorId ? { actorId } : {}), ...(subjectKind ? { subjectKind } : {}) } },
    }),
  )

/** Newest first. */
export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', filters],
    queryFn: ({ signal, pageParam }) => readAudit(pageParam, filters, signal),
    ...pages,
    staleTime: 0,
  })
export type AuditEntry = Awaited<ReturnType<typeof readAudit>>['items'][number]

/** The members one can filter by; those without access too, because what they did stays. */
export const actorsQuery = queryOptions({
  queryKey: ['member', 'actors'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/members', { signal, params: { query: { limit: 200 } } })),
})
