import type { ImportKind, ImportOutcome } from '@sendocki/domain/imports/import'
import type { Import, ImportMappingInput, ImportRow, ImportRowChange } from '@sendocki/domain/imports/import-schema'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

/** Keys begin with the noun that the stream names: an import under way is read again as it goes on. */
export const importKeys = {
  all: ['import'],
  one: (id: string) => ['import', 'one', id],
  rows: (id: string, outcome: ImportOutcome | null) => ['import', 'rows', id, outcome],
} as const

const at = (id: string) => ({ params: { path: { id } } })

const atWork: readonly Import['status'][] = ['reading', 'trying', 'running', 'undoing']
export const isAtWork = (file: Import | undefined): boolean => file !== undefined && atWork.includes(file.status)

export const importsQuery = infiniteQueryOptions({
  queryKey: ['import', 'list'],
  queryFn: ({ pageParam, signal }) =>
    bodyOf(api.GET('/api/v1/imports', { params: { query: { limit: 20, ...after(pageParam) } }, signal })),
  ...pages,
})

/** The stream tells of its progress; should it be away, it is asked now and then. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: importKeys.one(id),
    queryFn: ({ signal }) => bodyOf<Import>(api.GET('/api/v1/imports/{id}', { ...at(id), signal })),
    refetchInterval: ({ state }) => (isAtWork(state.data) ? 2_000 : false),
  })

export const rowsQuery = (id: string, outcome: ImportOutcome | null) =>
  infiniteQueryOptions({
    queryKey: importKeys.rows(id, outcome),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/imports/{id}/rows', {
          params: { path: { id }, query: { ...(outcome ? { outcome } : {}), limit: 50, ...after(pageParam) } },
          signal,
        }),
      ),
    ...pages,
  })

/** A file, or the lines that were pasted; what it is, the API tells by its content. */
export const giveTable = ({ kind, content }: { kind: ImportKind; content: File | string }): Promise<Import> => {
  const form = new FormData()
  form.append('kind', kind)
  if (typeof content === 'string') form.append('text', content)
  else form.append('file', content)
  return bodyOf<Import>(
    api.POST('/api/v1/imports', { body: form as never, bodySerializer: (body: unknown) => body as never }),
  )
}

export const mapImport = (id: string, body: ImportMappingInput): Promise<Import> =>
  bodyOf<Import>(api.PUT('/api/v1/imports/{id}/mapping', { ...at(id), body }))
export const tryImport = (id: string): Promise<Import> =>
  bodyOf<Import>(api.POST('/api/v1/imports/{id}/dry-run', at(id)))
export const runImport = (id: string): Promise<Import> => bodyOf<Import>(api.POST('/api/v1/imports/{id}/run', at(id)))
export const stopImport = (id: string): Promise<Import> => bodyOf<Import>(api.POST('/api/v1/imports/{id}/stop', at(id)))
export const undoImport = (id: string): Promise<Import> => bodyOf<Import>(api.POST('/api/v1/imports/{id}/undo', at(id)))

export const changeRow = (id: string, body: ImportRowChange): Promise<ImportRow> =>
  bodyOf<ImportRow>(api.PATCH('/api/v1/imports/{id}/rows', { ...at(id), body }))

export const readRefused = async (id: string): Promise<Blob> =>
  (await bodyOf(api.GET('/api/v1/imports/{id}/refused', { ...at(id), parseAs: 'blob' }))) as unknown as Blob
