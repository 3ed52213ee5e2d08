import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from './api.ts'

export interface Found {
  readonly kind: 'order' | 'customer'
  readonly id: string
  readonly title: string
  readonly detail: string | null
  readonly path: string
}

/** One box for number, phone fragment in any notation, name in either script, e-mail and tracking number. */
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: async ({ signal }): Promise<{ items: readonly Found[] }> => {
      const { items } = await bodyOf(api.GET('/api/v1/search', { signal, params: { query: { q } } }))
      return { items: items.map((item) => ({ ...item, path: pathOf(item) })) }
    },
    staleTime: 10_000,
  })

const pathOf = ({ kind, id }: { kind: string; id: string }): string =>
  kind === 'order' ? `/orders/${id}` : `/orders/table?customerId=${id}`
