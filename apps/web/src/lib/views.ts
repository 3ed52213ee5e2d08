import type { CreateView, EditView, View } from '@sendocki/domain/views/view'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../../lib/api.ts'

export const viewKeys = { list: ['view', 'list'] } as const

/** One's own views, in the order of their tabs. */
export const viewsQuery = queryOptions({
  queryKey: viewKeys.list,
  queryFn: ({ signal }) => bodyOf<{ items: View[] }>(api.GET('/api/v1/views', { signal })),
  staleTime: 60_000,
})

export const createView = (body: CreateView) => bodyOf<View>(api.POST('/api/v1/views', { body }))

export const editView = (id: string, body: EditView) =>
  bodyOf<View>(api.PATCH('/api/v1/views/{id}', { params: { path: { id } }, body }))

export const deleteView = async (id: string): Promise<void> => {
  await api.DELETE('/api/v1/views/{id}', { params: { path: { id } } })
}

export const orderViews = (ids: readonly string[]) =>
  bodyOf<{ items: View[] }>(api.PUT('/api/v1/views/order', { body: { ids: [...ids] } }))
