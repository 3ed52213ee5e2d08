import type { CreateView, EditView, View, ViewScreen } from '@sendocki/domain/views/view'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { showToast } from '../ui/toast.tsx'
import { api, bodyOf } from './api.ts'
import { problemText } from './problem.ts'
import { useShortcuts } from './shortcuts.ts'

const listKey = (screen: ViewScreen) => ['view', 'list', screen] as const

/** One's own views of a list, in the order of their tabs. */
export const viewsQuery = (screen: ViewScreen) =>
  queryOptions({
    queryKey: listKey(screen),
    queryFn: ({ signal }) =>
      bodyOf<{ items: View[] }>(api.GET('/api/v1/views', { params: { query: { screen } }, signal })),
    staleTime: 60_000,
  })

const createView = (body: CreateView) => bodyOf<View>(api.POST('/api/v1/views', { body }))
const editView = (id: string, body: EditView) =>
  bodyOf<View>(api.PATCH('/api/v1/views/{id}', { params: { path: { id } }, body }))
const deleteView = async (id: string): Promise<void> => {
  await api.DELETE('/api/v1/views/{id}', { params: { path: { id } } })
}
const orderViews = (screen: ViewScreen, ids: readonly string[]) =>
  bodyOf<{ items: View[] }>(api.PUT('/api/v1/views/order', { body: { screen, ids: [...ids] } }))

/** One's views of a list and what can be done with them; a refusal is said, and the tabs are read again afterwards. */
export const useViews = (screen: ViewScreen) => {
  const { t } = useTranslation('common')
  const queries = useQueryClient()
  const { data } = useQuery(viewsQuery(screen))
  const views = data?.items ?? []
  const { mutate, isPending } = useMutation({
    mutationFn: (change: () => Promise<unknown>) => change(),
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
    onSettled: () => queries.invalidateQueries({ queryKey: listKey(screen) }),
  })
  const create = (body: Omit<CreateView, 'screen'>, onMade?: (view: View) => void): void =>
    mutate(async () => {
      const view = await createView({ screen, ...body })
      onMade?.(view)
    })
  return {
    views,
    pending: isPending,
    create,
    edit: (view: View, body: Omit<EditView, 'version'>): void =>
      mutate(() => editView(view.id, { version: view.version, ...body })),
    place: (view: View, by: number): void => {
      const ids = views.map(({ id }) => id)
      const at = ids.indexOf(view.id)
      mutate(() => orderViews(screen, ids.toSpliced(at, 1).toSpliced(at + by, 0, view.id)))
    },
    remove: ({ id, name, filter, sort, columns, density, isDefault }: View): void =>
      mutate(async () => {
        await deleteView(id)
        showToast({
          message: t('views.deleted', { name }),
          undo: () => create({ name, filter, sort, columns, density, isDefault }),
        })
      }),
  }
}

/** `G` and a digit opens a view, 1 being the whole list. */
export const useViewKeys = (views: readonly View[], onOpen: (id: string | null) => void): void => {
  const { t } = useTranslation('common')
  useShortcuts(
    [null, ...views].slice(0, 9).map((view, index) => ({
      keys: `g ${index + 1}`,
      label: view?.name ?? t('views.all'),
      run: () => onOpen(view?.id ?? null),
    })),
  )
}
