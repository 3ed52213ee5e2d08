import type {
  AnyOutcome,
  CarrierFile,
  RunCarrierFile,
  TryCarrierFile,
} from '@sendocki/domain/carrier-files/carrier-file'
import type { CarrierFileKind } from '@sendocki/domain/carrier-files/columns'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

/** Keys begin with the noun that the stream names: a running file is read again as it goes on. */
export const fileKeys = {
  all: ['carrier_file'],
  one: (id: string) => ['carrier_file', 'one', id],
  rows: (id: string, outcome: AnyOutcome | null) => ['carrier_file', 'rows', id, outcome],
} as const

const at = (id: string) => ({ params: { path: { id } } })

export const accountsQuery = queryOptions({
  queryKey: ['carrier_account', 'names'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/carrier-accounts', { params: { query: { limit: 200 } }, signal })),
})

export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: fileKeys.one(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/carrier-files/{id}', { ...at(id), signal })),
  })

export const rowsQuery = (id: string, outcome: AnyOutcome | null) =>
  infiniteQueryOptions({
    queryKey: fileKeys.rows(id, outcome),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/carrier-files/{id}/rows', {
          params: { path: { id }, query: { ...(outcome ? { outcome } : {}), limit: 100, ...after(pageParam) } },
          signal,
        }),
      ),
    ...pages,
  })

/** Sends a file as its bytes; what it is, the API tells by its content. */
export const uploadFile = (
  accountId: string,
  kind: CarrierFileKind,
  file: Blob,
  name: string | null,
): Promise<CarrierFile> =>
  bodyOf(
    api.POST('/api/v1/carrier-accounts/{id}/files', {
      params: { path: { id: accountId }, query: { kind, ...(name ? { name: name.slice(0, 120) } : {}) } },
      body: file as never,
      bodySerializer: (body: unknown) => body as never,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  )

export const tryFile = (id: string, body: TryCarrierFile) =>
  bodyOf(api.POST('/api/v1/carrier-files/{id}/dry-run', { ...at(id), body }))

/** Done once, however often the button is pressed: a file is run once. */
export const runFile = (id: string, body: RunCarrierFile) =>
  bodyOf(api.POST('/api/v1/carrier-files/{id}/run', { ...at(id), body, headers: { 'Idempotency-Key': `run:${id}` } }))

export const undoFile = async ({ kind, operationId }: CarrierFile): Promise<void> => {
  if (operationId === null) return
  if (kind === 'payout') await bodyOf(api.POST('/api/v1/collections/operations/{id}/undo', at(operationId)))
  else await bodyOf(api.POST('/api/v1/tracking-operations/{id}/undo', at(operationId)))
}
