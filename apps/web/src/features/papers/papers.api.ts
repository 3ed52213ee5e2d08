import type { CreatePaper } from '@sendocki/domain/papers/paper'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

const at = (id: string) => ({ params: { path: { id } } })

/** How often a paper under way is asked for, should the stream be silent. */
const askEvery = 1_000

/** A paper, followed until it is no longer being made. The key begins with the noun that the stream names. */
export const paperQuery = (id: string) =>
  queryOptions({
    queryKey: ['paper', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/papers/{id}', { ...at(id), signal })),
    refetchInterval: ({ state }) => (state.data && state.data.status !== 'running' ? false : askEvery),
  })

export const askPaper = (body: CreatePaper) => bodyOf(api.POST('/api/v1/papers', { body }))
export const cancelPaper = (id: string) => bodyOf(api.POST('/api/v1/papers/{id}/cancel', at(id)))

export const readPaperFile = async (id: string): Promise<Blob> => {
  const answer: Promise<{ data?: unknown }> = api.GET('/api/v1/papers/{id}/file', { ...at(id), parseAs: 'blob' })
  return (await bodyOf(answer)) as Blob
}
