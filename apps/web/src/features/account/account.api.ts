import type { Language } from '@sendocki/domain/language'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

export const sessionsQuery = queryOptions({
  queryKey: ['session', 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/auth/sessions', { signal })),
  // Another device appears without a word from the stream.
  staleTime: 0,
})
export type SessionView = Awaited<ReturnType<NonNullable<typeof sessionsQuery.queryFn>>>['items'][number]

export const endSession = async (id: string): Promise<void> => {
  await api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } })
}
export const changePassword = async (body: { currentPassword: string; newPassword: string }): Promise<void> => {
  await api.POST('/api/v1/auth/password/change', { body })
}
export const editMe = (body: { version: number; fullName?: string; language?: Language }) =>
  bodyOf(api.PATCH('/api/v1/me', { body }))
export const editMerchant = (body: { version: number; name: string; mergesIdentical: boolean }) =>
  bodyOf(api.PATCH('/api/v1/merchant', { body }))
