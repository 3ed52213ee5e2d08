import { Menu, TextInput } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconDots, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { To } from 'react-router'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { IconButton } from './icon-button.tsx'
import classes from './view-tabs.module.css'
import { Views } from './views.tsx'

/** A saved way of looking at the list of a page. */
interface Tab {
  readonly id: string
  readonly name: string
  readonly isDefault: boolean
  readonly to: To
  readonly count: ReactNode
}

/** What can be done with the view that is open. */
interface TabActions {
  rename(name: string): void
  makeDefault(on: boolean): void
  place(by: number): void
  remove(): void
  save(): void
}

interface ViewTabsProps {
  /** The whole list, without a view. */
  readonly all: Pick<Tab, 'to' | 'count'> & { readonly shown: boolean }
  readonly tabs: readonly Tab[]
  readonly currentId: string | null
  /** Whether what is shown differs from what the open view keeps. */
  readonly modified: boolean
  readonly pending: boolean
  readonly onCreate: (name: string) => void
  readonly actions: TabActions
}

interface NameDialogProps {
  readonly first: string
  readonly onClose: () => void
  readonly onName: (name: string) => void
}

/** The name of a view, asked once. */
const NameDialog = ({ first, onClose, onName }: NameDialogProps) => {
  const { t } = useTranslation('common')
  const [name, setName] = useState(first)
  return (
    <Dialog opened onClose={onClose} title={t(first ? 'views.rename' : 'views.new')} size="sm">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) onName(name.trim())
        }}
      >
        <TextInput
          label={t('views.name')}
          value={name}
          maxLength={60}
          data-autofocus
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" variant="filled" size="form" disabled={name.trim() === ''}>
          {t('views.save')}
        </Button>
      </form>
    </Dialog>
  )
}

interface TabMenuProps {
  readonly tab: Tab
  readonly at: number
  readonly last: number
  readonly actions: TabActions
  readonly onRename: () => void
}

const TabMenu = ({ tab, at, last, actions, onRename }: TabMenuProps) => {
  const { t } = useTranslation('common')
  return (
    <Menu>
      <Menu.Target>
        <IconButton label={t('views.menu', { name: tab.name })}>
          <IconDots size={16} stroke={1.75} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onRename}>{t('views.rename')}</Menu.Item>
        <Menu.Item onClick={() => actions.makeDefault(!tab.isDefault)}>
          {t(tab.isDefault ? 'views.notDefault' : 'views.makeDefault')}
        </Menu.Item>
        <Menu.Item
          disabled={at <= 0}
          leftSection={<IconArrowLeft size={14} stroke={1.75} aria-hidden />}
          onClick={() => actions.place(-1)}
        >
          {t('views.before')}
        </Menu.Item>
        <Menu.Item
          disabled={at === last}
          leftSection={<IconArrowRight size={14} stroke={1.75} aria-hidden />}
          onClick={() => actions.place(1)}
        >
          {t('views.after')}
        </Menu.Item>
        <Menu.Item onClick={actions.remove}>{t('views.delete')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Saved views as tabs with their counts. */
export const ViewTabs = ({ all, tabs, currentId, modified, pending, onCreate, actions }: ViewTabsProps) => {
  const { t } = useTranslation('common')
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const at = tabs.findIndex(({ id }) => id === currentId)
  const current = tabs[at]
  return (
    <div className={classes.bar}>
      <Views
        label={t('views.label')}
        current={current?.id ?? (all.shown ? 'all' : '')}
        views={[{ id: 'all', name: t('views.all'), to: all.to, count: all.count }, ...tabs]}
      />
      <IconButton label={t('views.new')} onClick={() => setNaming('new')}>
        <IconPlus size={16} stroke={1.75} aria-hidden />
      </IconButton>
      {current && (
        <TabMenu tab={current} at={at} last={tabs.length - 1} actions={actions} onRename={() => setNaming('rename')} />
      )}
      {modified && (
        <span className={classes.modified}>
          {t('views.modified')}
          <Button variant="quiet" pending={pending} onClick={actions.save}>
            {t('views.save')}
          </Button>
        </span>
      )}
      {naming && (
        <NameDialog
          first={naming === 'rename' ? (current?.name ?? '') : ''}
          onClose={() => setNaming(null)}
          onName={(name) => {
            setNaming(null)
            if (naming === 'rename') actions.rename(name)
            else onCreate(name)
          }}
        />
      )}
    </div>
  )
}
