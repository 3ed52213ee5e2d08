import type { OrderMarks } from '@sendocki/domain/orders/marks'
import type { CreateOrder, EditOrder, MoveOrder, UndoOrder } from '@sendocki/domain/orders/order'
import type { CreateConversationOrder } from '@sendocki/domain/whatsapp/conversation'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { figuresKey } from '../../lib/fresh-figures.ts'
import { gathered } from '../../lib/gather.ts'
import { after, pages } from '../../lib/pages.ts'
import { type ListFilters, toQuery } from './filters.ts'
import type { OrderSort } from './pages.ts'

const pageSize = 50
/** The most ids that one question may hold. */
export const maxIds = 100

/**
 * Keys begin with the noun that the stream names, so that news mark them stale. Figures stand apart, because each is a
 * question to the database and a busy hour asks too often; lists too: read again, all their pages would jump.
 */
export const orderKeys = {
  all: ['order'],
  one: (id: string) => ['order', 'one', id],
  events: (id: string) => ['order', 'one', id, 'events'],
  fees: (id: string) => ['order', 'one', id, 'fees'],
  optionOrigins: (id: string) => ['order', 'one', id, 'options'],
  duplicates: (id: string) => ['order', 'one', id, 'duplicates'],
  ofCustomer: (id: string) => ['order', 'customer', id],
  board: (filters: ListFilters, exact: boolean) => [...figuresKey, 'board', filters, exact],
  count: (filters: ListFilters) => [...figuresKey, 'count', filters],
  marks: ['orderMarks'],
  lists: ['orderList'],
  list: (filters: ListFilters, sort: OrderSort) => ['orderList', filters, sort],
} as const

/** The stages and reasons of the merchant. They change rarely: a change is told by the stream. */
export const pipelineQuery = queryOptions({
  queryKey: ['pipeline'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/pipeline', { signal })),
  staleTime: 5 * 60_000,
})

/** Counts, sums and oldest ages of the columns: capped unless the exact figures are asked for. */
export const boardQuery = (filters: ListFilters, exact = false) =>
  queryOptions({
    queryKey: orderKeys.board(filters, exact),
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/api/v1/board', { params: { query: { ...toQuery(filters), ...(exact ? { exact } : {}) } }, signal }),
      ),
  })

/** Orders page after page: the rows of the table, or with a `stageId` the cards of a column. */
export const listQuery = (filters: ListFilters, sort: OrderSort) =>
  infiniteQueryOptions({
    queryKey: orderKeys.list(filters, sort),
    queryFn: ({ pageParam: cursor, signal }) =>
      bodyOf(
        api.GET('/api/v1/orders', {
          params: { query: { ...toQuery(filters), sort, limit: pageSize, ...after(cursor) } },
          signal,
        }),
      ),
    ...pages,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** How many orders match, capped at 1,000. */
export const countQuery = (filters: ListFilters) =>
  queryOptions({
    queryKey: orderKeys.count(filters),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/orders/count', { params: { query: toQuery(filters) }, signal })),
    staleTime: 30_000,
  })

/** Which of these orders, at most 100, match the filters now. */
export const readOrdersOf = (filters: ListFilters, ids: readonly string[]) =>
  bodyOf(api.GET('/api/v1/orders', { params: { query: { ...toQuery(filters), ids: [...ids], limit: maxIds } } }))

/** Everything about one order. For roles that see phones only on an opened order, reading it is opening it. */
export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: orderKeys.one(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/orders/{id}', { params: { path: { id } }, signal })),
  })

/** Who has the hand on its customer: told anew by every call that begins or ends, and asked again for one that ran out. */
export const holderQuery = (id: string) =>
  queryOptions({
    queryKey: ['call', 'holder', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/orders/{id}/holder', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.holder ? 20_000 : false),
  })

/** Asks whoever has the hand on the customer to pass it on. */
export const askForCustomer = (id: string) => bodyOf(api.POST('/api/v1/orders/{id}/ask', { params: { path: { id } } }))

/** Takes the customer out of another's hand. */
export const takeOverCall = (leaseId: string) =>
  bodyOf(api.POST('/api/v1/calls/leases/{id}/take-over', { params: { path: { id: leaseId } } }))

/** Whoever scrolls through a column asks a few times a second, not once a card. */
const readMarks = gathered<OrderMarks>(
  async (ids) => {
    const { items } = await bodyOf(api.GET('/api/v1/orders/marks', { params: { query: { ids: [...ids] } } }))
    return new Map(items.map((item) => [item.orderId, item]))
  },
  { most: maxIds, milliseconds: 120 },
)

/** What stands beside an order on the board; null out of sight. Asked again for a hand that ran out without a word. */
export const marksQuery = (id: string) =>
  queryOptions({
    queryKey: [...orderKeys.marks, id],
    queryFn: () => readMarks(id),
    refetchInterval: ({ state }) => (state.data?.holder ? 20_000 : false),
  })

/** What bringing an order costs: its parcel's fee, or what carriers take for its city. */
export const feesQuery = (id: string) =>
  queryOptions({
    queryKey: orderKeys.fees(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/orders/{id}/fees', { params: { path: { id } }, signal })),
  })

/** Whose word each delivery option of an order is. */
export const optionOriginsQuery = (id: string) =>
  queryOptions({
    queryKey: orderKeys.optionOrigins(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/orders/{id}/options', { params: { path: { id } }, signal })),
  })

/** The history of an order, newest first. */
export const eventsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: orderKeys.events(id),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/orders/{id}/events', {
          params: { path: { id }, query: after(pageParam) },
          signal,
        }),
      ),
    ...pages,
  })

export const duplicatesQuery = (id: string) =>
  queryOptions({
    queryKey: orderKeys.duplicates(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/orders/{id}/duplicates', { params: { path: { id } }, signal })),
  })

/** The customer's latest orders, newest first. */
export const customerOrdersQuery = (customerId: string) =>
  queryOptions({
    queryKey: orderKeys.ofCustomer(customerId),
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/api/v1/customers/{id}/orders', {
          params: { path: { id: customerId }, query: { limit: 10 } },
          signal,
        }),
      ),
  })

/** The shops whose orders these are, for filters and provenance. Names only are needed. */
export const storesQuery = queryOptions({
  queryKey: ['store', 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/stores', { params: { query: { limit: 200 } }, signal })),
})

/** The members to whom an order can be given. */
export const membersQuery = queryOptions({
  queryKey: ['member', 'list'],
  queryFn: ({ signal }) =>
    bodyOf(api.GET('/api/v1/members', { params: { query: { limit: 200, disabled: false } }, signal })),
})

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', 'one', id],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/whatsapp/conversations/{id}', { params: { path: { id } }, signal })),
  })

/** Products on sale that a typed name may mean. */
export const variantsQuery = (q: string) =>
  queryOptions({
    queryKey: ['product', 'variants', q],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/variants', { params: { query: { limit: 9, q } }, signal })),
  })

/** Carriers that parcels can be handed to. */
export const carrierAccountsQuery = queryOptions({
  queryKey: ['carrier_account', 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/carrier-accounts', { params: { query: { limit: 200 } }, signal })),
})

export const moveOrder = (id: string, body: MoveOrder) =>
  bodyOf(api.POST('/api/v1/orders/{id}/move', { params: { path: { id } }, body }))

export const createOrder = (body: CreateOrder) => bodyOf(api.POST('/api/v1/orders', { body }))

/** An order of whoever a conversation is with, under their own number. */
export const createConversationOrder = (conversationId: string, body: CreateConversationOrder) =>
  bodyOf(api.POST('/api/v1/whatsapp/conversations/{id}/orders', { params: { path: { id: conversationId } }, body }))

export const editOrder = (id: string, body: EditOrder) =>
  bodyOf(api.PATCH('/api/v1/orders/{id}', { params: { path: { id } }, body }))

export const assignOrder = (id: string, body: { memberId: string | null; version: number }) =>
  bodyOf(api.POST('/api/v1/orders/{id}/assign', { params: { path: { id } }, body }))

export const addNote = (id: string, text: string) =>
  bodyOf(api.POST('/api/v1/orders/{id}/notes', { params: { path: { id } }, body: { text } }))

/** Takes back one change, the newest that can be. */
export const undoOrder = (id: string, body: UndoOrder) =>
  bodyOf(api.POST('/api/v1/orders/{id}/undo', { params: { path: { id } }, body }))

/** Lets one order of a blocked customer through. */
export const exceptOrder = (customerId: string, orderId: string) =>
  bodyOf(api.POST('/api/v1/customers/{id}/except', { params: { path: { id: customerId } }, body: { orderId } }))
