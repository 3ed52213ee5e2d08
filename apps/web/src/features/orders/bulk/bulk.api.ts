import type { BulkAction } from '@sendocki/domain/bulk/bulk'
import type { BulkOperation, BulkParams, BulkRow } from '@sendocki/domain/bulk/bulk-schema'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../../lib/api.ts'
import { after } from '../../../lib/pages.ts'
import { type ListFilters, toSelection } from '../filters.ts'

/** The orders that are meant: those ticked, or all that match. */
export type Chosen = { readonly ids: readonly string[] } | { readonly filters: ListFilters }

export interface BulkWish {
  readonly action: BulkAction
  readonly params: BulkParams
}

/** Asks for an operation; the client's key makes one of a question that is sent twice. */
export const startBulk = (chosen: Chosen, { action, params }: BulkWish, dryRun: boolean) =>
  bodyOf<BulkOperation>(
    api.POST('/api/v1/bulk-operations', {
      body: {
        noun: 'orders',
        action,
        params,
        dryRun,
        ...('ids' in chosen ? { ids: [...chosen.ids] } : { filter: toSelection(chosen.filters) }),
      },
    }),
  )

export const stopBulk = (id: string) =>
  bodyOf<BulkOperation>(api.POST('/api/v1/bulk-operations/{id}/stop', { params: { path: { id } } }))

export const undoBulk = (id: string) =>
  bodyOf<BulkOperation>(api.POST('/api/v1/bulk-operations/{id}/undo', { params: { path: { id } } }))

const askAgainMilliseconds = 600

export const isOver = ({ status }: Pick<BulkOperation, 'status'>): boolean => status === 'done' || status === 'stopped'

/** How far an operation is; asked again while it runs, because the stream may be away. */
export const bulkQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulk_operation', id],
    queryFn: ({ signal }) =>
      bodyOf<BulkOperation>(api.GET('/api/v1/bulk-operations/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : askAgainMilliseconds),
  })

/** Every row of an operation, 5,000 at most, for the list of results and its file. */
export const readBulkRows = async (id: string, outcome?: 'refused'): Promise<BulkRow[]> => {
  const rows: BulkRow[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { items: BulkRow[]; nextCursor: string | null } = await bodyOf(
      api.GET('/api/v1/bulk-operations/{id}/rows', {
        params: { path: { id }, query: { limit: 200, ...(outcome ? { outcome } : {}), ...after(cursor) } },
      }),
    )
    rows.push(...page.items)
    cursor = page.nextCursor
    if (cursor === null) return rows
  }
}
