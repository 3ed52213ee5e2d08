import type { CreateStore, EditStore, ReconnectStore, RotateSecret, SyncStore } from '@sendocki/domain/stores/store'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

/** Keys begin with the noun that the stream names. */
const storeKeys = { list: ['store', 'list'] } as const

export const storesQuery = infiniteQueryOptions({
  queryKey: storeKeys.list,
  queryFn: ({ pageParam, signal }) =>
    bodyOf(api.GET('/api/v1/stores', { params: { query: pageParam === null ? {} : { cursor: pageParam } }, signal })),
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }) => nextCursor,
})

/** A shop's consent page leads back to where the browser left for it. */
const fromHere = (): Pick<CreateStore, 'returnTo'> => (location.pathname === '/start' ? { returnTo: 'start' } : {})

/** A connection is made once, however often the button is pressed: the key belongs to the opened form. */
export const createStore = (body: CreateStore, key: string) =>
  bodyOf(api.POST('/api/v1/stores', { body: { ...body, ...fromHere() }, headers: { 'Idempotency-Key': key } }))

const at = (id: string) => ({ params: { path: { id } } })

export const editStore = (id: string, body: EditStore) => bodyOf(api.PATCH('/api/v1/stores/{id}', { ...at(id), body }))
export const syncStore = (id: string, body: SyncStore) =>
  bodyOf(api.POST('/api/v1/stores/{id}/sync', { ...at(id), body }))
export const testStore = (id: string) => bodyOf(api.POST('/api/v1/stores/{id}/test', at(id)))
export const rotateSecret = (id: string, body: RotateSecret) =>
  bodyOf(api.POST('/api/v1/stores/{id}/rotate-secret', { ...at(id), body }))
export const reconnectStore = (id: string, body: ReconnectStore) =>
  bodyOf(api.POST('/api/v1/stores/{id}/reconnect', { ...at(id), body: { ...body, ...fromHere() } }))
export const disconnectStore = (id: string) => bodyOf(api.DELETE('/api/v1/stores/{id}', at(id)))
