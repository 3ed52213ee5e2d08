import type { Call, ClaimCall, PauseCalls, SaveOutcome } from '@sendocki/domain/calls/call-schema'
import type { EditOrder, Order } from '@sendocki/domain/orders/order'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

/** Keys begin with the noun that the stream names: who claims or lets go moves the queue of all. */
export const callKeys = { queue: ['call', 'queue'], floor: ['call', 'floor'], incoming: ['call', 'incoming'] } as const

/** Screens that show ages and times of day look again by themselves, should nothing be told. */
const lookAgain = 30_000

export const queueQuery = queryOptions({
  queryKey: callKeys.queue,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/calls/queue', { signal })),
  refetchInterval: lookAgain,
})

export const floorQuery = queryOptions({
  queryKey: callKeys.floor,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/calls/floor', { signal })),
  refetchInterval: lookAgain,
})

export const incomingQuery = queryOptions({
  queryKey: callKeys.incoming,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/calls/incoming', { signal })),
  refetchInterval: lookAgain,
})

const at = (id: string) => ({ params: { path: { id } } })

/** What moves it beside the order's version: its risk, and a block of its customer. Without an order nothing does. */
export const contextQuery = (leaseId: string, order: Pick<Order, 'version' | 'risk' | 'blocked'> | null) =>
  queryOptions({
    queryKey: ['call', 'context', leaseId, order?.version, order?.risk?.level, order?.blocked?.mode],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/calls/leases/{id}', { ...at(leaseId), signal })),
    placeholderData: keepPreviousData,
  })

/** The order under the lease: its phone is shown for as long as the hand on the customer is one's own. */
export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['order', 'one', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/orders/{id}', { ...at(id), signal })),
  })

/** What agents read out, in the tongues in which it was written. */
export const scriptsQuery = queryOptions({
  queryKey: ['call_script'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/calls/scripts', { signal })),
})

export const pipelineQuery = queryOptions({
  queryKey: ['pipeline'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/pipeline', { signal })),
})

export const variantsQuery = (q: string) =>
  queryOptions({
    queryKey: ['product', 'variants', q],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/variants', { params: { query: { limit: 9, q } }, signal })),
    placeholderData: keepPreviousData,
    enabled: q !== '',
  })

export const callbackQuery = (text: string) =>
  queryOptions({
    queryKey: ['callbackTime', text],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/calls/callback-time', { params: { query: { text } }, signal })),
    placeholderData: keepPreviousData,
    enabled: text !== '',
    // "In ten minutes" is another time a minute later.
    staleTime: 0,
  })

/** The next call, or the one that is held already; null when nothing waits. */
export const claimCall = async (body: ClaimCall): Promise<Call | null> => {
  const { data } = await api.POST('/api/v1/calls/claim', { body })
  return data ?? null
}

export const renewCall = (id: string) => bodyOf(api.POST('/api/v1/calls/leases/{id}/renew', at(id)))
export const dialCall = (id: string) => bodyOf(api.POST('/api/v1/calls/leases/{id}/dial', at(id)))
export const releaseCall = (id: string) => bodyOf(api.POST('/api/v1/calls/leases/{id}/release', at(id)))
export const takeOverCall = (id: string) => bodyOf(api.POST('/api/v1/calls/leases/{id}/take-over', at(id)))
export const keepCall = (id: string) => bodyOf(api.POST('/api/v1/calls/leases/{id}/keep', at(id)))
export const handOverCall = (id: string) => bodyOf(api.POST('/api/v1/calls/leases/{id}/hand-over', at(id)))

/** Counted once, however often it is sent: the key was made with the choice. */
export const saveOutcome = (id: string, body: SaveOutcome, key: string) =>
  bodyOf(api.POST('/api/v1/calls/leases/{id}/outcome', { ...at(id), body, headers: { 'Idempotency-Key': key } }))

export const pauseCalls = (body: PauseCalls) => bodyOf(api.POST('/api/v1/calls/pause', { body }))

export const editOrder = (id: string, body: EditOrder) => bodyOf(api.PATCH('/api/v1/orders/{id}', { ...at(id), body }))

export const undoOrder = (id: string, body: { eventId: string; version: number }) =>
  bodyOf(api.POST('/api/v1/orders/{id}/undo', { ...at(id), body }))
