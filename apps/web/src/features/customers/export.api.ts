import type { CustomerExportColumn, ExportFormat } from '@sendocki/domain/exports/export'
import type { Export } from '@sendocki/domain/exports/export-schema'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { queryOf } from './customers.api.ts'
import type { CustomerFilters } from './filters.ts'

export const askExport = (filters: CustomerFilters, columns: readonly CustomerExportColumn[], format: ExportFormat) =>
  bodyOf<Export>(
    api.POST('/api/v1/exports', {
      body: {
        kind: 'customers',
        filter: queryOf(filters),
        columns: [...columns],
        format,
        language: currentLanguage(),
      },
    }),
  )

const askAgainMilliseconds = 800

/** How far a file is; asked again while it is being made. */
export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: ['export', id],
    queryFn: ({ signal }) => bodyOf<Export>(api.GET('/api/v1/exports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === 'running' || !state.data ? askAgainMilliseconds : false),
  })

/** The file with the name that the server gives it. */
export const readExportFile = async (id: string): Promise<{ file: Blob; name: string }> => {
  const { data, response } = await api.GET('/api/v1/exports/{id}/file', { params: { path: { id } }, parseAs: 'blob' })
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return { file: data as unknown as Blob, name: name ?? 'export' }
}
