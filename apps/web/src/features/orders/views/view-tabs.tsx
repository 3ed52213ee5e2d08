import { Menu, TextInput } from '@mantine/core'
import type { View } from '@sendocki/domain/views/view'
import { IconArrowLeft, IconArrowRight, IconDots, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import type { Density } from '../../../lib/preferences.ts'
import { problemText } from '../../../lib/problem.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { writeState } from '../../../lib/url-state.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Count } from '../../../ui/numbers.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { Views } from '../../../ui/views.tsx'
import { type ListFilters, type ListState, listShape, noFilters, toSelection } from '../filters.ts'
import { countQuery } from '../orders.api.ts'
import type { OptionalColumn } from '../table/columns-choice.ts'
import { isView, looksLike, stateOfView, type ViewState } from './view-state.ts'
import { createView, deleteView, editView, orderViews, viewKeys, viewsQuery } from './views.api.ts'
import classes from './views.module.css'

/** The count beside a tab, capped as everywhere. */
const CountOf = ({ filters }: { filters: ListFilters }) => {
  const { data } = useQuery(countQuery(filters))
  return data ? <Count count={data.count} capped={data.capped} /> : null
}

interface ViewTabsProps {
  readonly shown: ViewState
  /** The view that was opened last, by the address. */
  readonly viewId: string | null
  readonly columns: readonly OptionalColumn[]
  readonly density: Density
  readonly onOpen: (view: View | null, state: ViewState) => void
}

const whole: ViewState = { filters: noFilters, sort: '-createdAt' }

/** The name of a new view, asked once. */
const NameDialog = ({
  opened,
  first,
  onClose,
  onName,
}: {
  opened: boolean
  first: string
  onClose: () => void
  onName: (name: string) => void
}) => {
  const { t } = useTranslation('orders')
  const [name, setName] = useState(first)
  return (
    <Dialog opened={opened} onClose={onClose} title={t(first ? 'saved.rename' : 'saved.new')} size="sm">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) onName(name.trim())
        }}
      >
        <TextInput
          label={t('saved.name')}
          value={name}
          maxLength={60}
          data-autofocus
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" variant="filled" size="form" disabled={name.trim() === ''}>
          {t('saved.save')}
        </Button>
      </form>
    </Dialog>
  )
}

/** Changes of the views, each said when it is refused; the tabs are read again afterwards. */
const useViewChanges = () => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: () => Promise<unknown>) => change(),
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
    onSettled: () => queries.invalidateQueries({ queryKey: viewKeys.list }),
  })
}

/** Saved views as tabs with their counts; `G` and a digit opens one, 1 being all orders. */
export const ViewTabs = ({ shown, viewId, columns, density, onOpen }: ViewTabsProps) => {
  const { t } = useTranslation('orders')
  const { pathname } = useLocation()
  const { data } = useQuery(viewsQuery)
  const change = useViewChanges()
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const views = data?.items ?? []
  const current = views.find(({ id }) => id === viewId) ?? views.find((view) => isView(view, shown))
  const modified = current !== undefined && !(isView(current, shown) && looksLike(current, { columns, density }))
  const open = (view: View | null): void => onOpen(view, view ? stateOfView(view) : whole)

  useShortcuts(
    [null, ...views].slice(0, 9).map((view, index) => ({
      keys: `g ${index + 1}`,
      label: view?.name ?? t('saved.all'),
      run: () => open(view),
    })),
  )
  const kept = { filter: toSelection(shown.filters), sort: shown.sort, columns: [...columns], density }
  const edit = (view: View, body: Omit<Parameters<typeof editView>[1], 'version'>): void =>
    change.mutate(() => editView(view.id, { version: view.version, ...body }))
  const place = (view: View, by: number): void => {
    const ids = views.map(({ id }) => id)
    const at = ids.indexOf(view.id)
    ids.splice(at, 1)
    ids.splice(at + by, 0, view.id)
    change.mutate(() => orderViews(ids))
  }
  const addressOf = ({ filters, sort }: ViewState, view: string | null) => ({
    pathname,
    search: writeState<ListState>(listShape, new URLSearchParams(), { ...filters, sort, view }).toString(),
  })
  const at = current ? views.indexOf(current) : -1
  return (
    <div className={classes.bar}>
      <Views
        label={t('saved.label')}
        current={current?.id ?? (isView({ filter: toSelection(noFilters), sort: whole.sort }, shown) ? 'all' : '')}
        views={[
          { id: 'all', to: addressOf(whole, null), name: t('saved.all'), count: <CountOf filters={noFilters} /> },
          ...views.map((view) => ({
            id: view.id,
            to: addressOf(stateOfView(view), view.id),
            name: view.name,
            count: <CountOf filters={stateOfView(view).filters} />,
          })),
        ]}
      />
      <IconButton label={t('saved.new')} onClick={() => setNaming('new')}>
        <IconPlus size={16} stroke={1.75} aria-hidden />
      </IconButton>
      {current && (
        <Menu>
          <Menu.Target>
            <IconButton label={t('saved.menu', { name: current.name })}>
              <IconDots size={16} stroke={1.75} aria-hidden />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setNaming('rename')}>{t('saved.rename')}</Menu.Item>
            <Menu.Item onClick={() => edit(current, { isDefault: !current.isDefault })}>
              {t(current.isDefault ? 'saved.notDefault' : 'saved.makeDefault')}
            </Menu.Item>
            <Menu.Item
              disabled={at <= 0}
              leftSection={<IconArrowLeft size={14} stroke={1.75} aria-hidden />}
              onClick={() => place(current, -1)}
            >
              {t('saved.before')}
            </Menu.Item>
            <Menu.Item
              disabled={at === views.length - 1}
              leftSection={<IconArrowRight size={14} stroke={1.75} aria-hidden />}
              onClick={() => place(current, 1)}
            >
              {t('saved.after')}
            </Menu.Item>
            <Menu.Item
              onClick={() => {
                const { name, filter, sort, columns: ofView, density: ownDensity, isDefault } = current
                change.mutate(async () => {
                  await deleteView(current.id)
                  showToast({
                    message: t('saved.deleted', { name }),
                    undo: () =>
                      change.mutate(() =>
                        createView({ name, filter, sort, columns: ofView, density: ownDensity, isDefault }),
                      ),
                  })
                })
              }}
            >
              {t('saved.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {modified && (
        <span className={classes.modified}>
          {t('saved.modified')}
          <Button variant="quiet" pending={change.isPending} onClick={() => edit(current, kept)}>
            {t('saved.save')}
          </Button>
        </span>
      )}
      {naming && (
        <NameDialog
          opened
          first={naming === 'rename' ? (current?.name ?? '') : ''}
          onClose={() => setNaming(null)}
          onName={(name) => {
            setNaming(null)
            if (naming === 'rename' && current) edit(current, { name })
            else
              change.mutate(async () => {
                const view = await createView({ name, ...kept })
                onOpen(view, shown)
              })
          }}
        />
      )}
    </div>
  )
}
