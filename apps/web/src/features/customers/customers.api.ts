import type { BlockCustomer, CustomerQuery, EditCustomer } from '@sendocki/domain/customers/customer'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'
import type { CustomerFilters } from './filters.ts'

/** Keys begin with the noun that the stream names. */
export const customerKeys = {
  all: ['customer'],
  one: (id: string) => ['customer', 'one', id],
  notes: (id: string) => ['customer', 'notes', id],
} as const

/** The filters of the address as the API takes them. */
export const queryOf = ({ q, city, tag, segment, blocked }: CustomerFilters) => ({
  ...(q === null ? {} : { q }),
  ...(city === null ? {} : { city }),
  ...(tag === null ? {} : { tag }),
  ...(segment === null ? {} : { segment }),
  ...(blocked ? { blocked } : {}),
})

export const customersQuery = ({ sort, ...filters }: CustomerFilters) =>
  infiniteQueryOptions({
    queryKey: [...customerKeys.all, 'list', sort, filters],
    queryFn: ({ pageParam, signal }) => {
      const query: CustomerQuery = { sort, ...queryOf({ sort, ...filters }), ...after(pageParam) }
      return bodyOf(api.GET('/api/v1/customers', { params: { query }, signal }))
    },
    ...pages,
  })

export const customersCountQuery = (filters: CustomerFilters) =>
  queryOptions({
    queryKey: [...customerKeys.all, 'count', queryOf(filters)],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/customers/count', { params: { query: queryOf(filters) }, signal })),
  })

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: customerKeys.one(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/customers/{id}', { params: { path: { id } }, signal })),
  })

/** Under the orders' noun, so that a moved order is shown where it went. */
export const customerOrdersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['order', 'ofCustomer', id],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/customers/{id}/orders', {
          params: { path: { id }, query: { limit: 10, ...after(pageParam) } },
          signal,
        }),
      ),
    ...pages,
  })

export const notesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: customerKeys.notes(id),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/customers/{id}/notes', {
          params: { path: { id }, query: { limit: 10, ...after(pageParam) } },
          signal,
        }),
      ),
    ...pages,
  })

export const editCustomer = (id: string, body: EditCustomer) =>
  bodyOf(api.PATCH('/api/v1/customers/{id}', { params: { path: { id } }, body }))

export const addNote = (id: string, text: string) =>
  bodyOf(api.POST('/api/v1/customers/{id}/notes', { params: { path: { id } }, body: { text } }))

export const blockCustomer = (id: string, body: BlockCustomer) =>
  bodyOf(api.POST('/api/v1/customers/{id}/block', { params: { path: { id } }, body }))

export const unblockCustomer = (id: string) =>
  bodyOf(api.POST('/api/v1/customers/{id}/unblock', { params: { path: { id } } }))

export const mergeCustomers = (id: string, customerId: string) =>
  bodyOf(api.POST('/api/v1/customers/{id}/merge', { params: { path: { id } }, body: { customerId } }))

/** What a merge would move, without moving it. */
export const mergePreviewQuery = (id: string, customerId: string) =>
  queryOptions({
    queryKey: [...customerKeys.all, 'merge', id, customerId],
    queryFn: ({ signal }) =>
      bodyOf(
        api.POST('/api/v1/customers/{id}/merge', {
          params: { path: { id } },
          body: { customerId, dryRun: true },
          signal,
        }),
      ),
  })

export const undoMerge = (id: string) =>
  bodyOf(api.POST('/api/v1/customers/merges/{id}/undo', { params: { path: { id } } }))

export const anonymiseCustomer = (id: string) =>
  bodyOf(api.POST('/api/v1/customers/{id}/anonymise', { params: { path: { id } } }))

/** Under the conversations' noun, so that what is written meanwhile is shown. */
export const conversationsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['conversation', 'ofCustomer', id],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/whatsapp/conversations', {
          params: { query: { customerId: id, limit: 20, ...after(pageParam) } },
          signal,
        }),
      ),
    ...pages,
  })

/** Under the orders' noun, which every outcome of a call touches. */
export const attemptsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['order', 'attemptsOf', id],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/customers/{id}/attempts', {
          params: { path: { id }, query: { limit: 10, ...after(pageParam) } },
          signal,
        }),
      ),
    ...pages,
  })
