import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

const readKeys = (cursor: string | null, revoked: boolean, signal: AbortSignal) =>
  bodyOf(
    api.GET('/api/v1/api-keys', {
      signal,
      params: { query: { ...after(cursor), ...(revoked ? { revoked: true } : {}) } },
    }),
  )

/** The keys, revoked ones too when asked. */
export const keysQuery = (revoked: boolean) =>
  infiniteQueryOptions({
    queryKey: ['api_key', 'list', { revoked }],
    queryFn: ({ signal, pageParam }) => readKeys(pageParam, revoked, signal),
    ...pages,
    // The last use is written without a word from the stream.
    staleTime: 0,
  })
export type ApiKey = Awaited<ReturnType<typeof readKeys>>['items'][number]

const readRoles = (signal: AbortSignal) => bodyOf(api.GET('/api/v1/roles', { signal }))
export const rolesQuery = queryOptions({ queryKey: ['role', 'list'], queryFn: ({ signal }) => readRoles(signal) })

export const createKey = (body: { name: string; roleId: string; expiresAt: string | null; password?: string }) =>
  bodyOf(api.POST('/api/v1/api-keys', { body }))
export type CreatedKey = Awaited<ReturnType<typeof createKey>>

export const revokeKey = async (id: string): Promise<void> => {
  await api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })
}
