import { IconHeadset, IconLayoutKanban, IconPlus, IconTable } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation, useNavigate } from 'react-router'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import classes from './chrome.module.css'
import { paths } from './paths.ts'
import { useRights } from './rights.ts'

/** Board or table: the same orders, so the filters come along; the call centre has a queue of its own. */
const Views = () => {
  const { t } = useTranslation(['orders', 'common'])
  const { search } = useLocation()
  const mayCall = useRights().can('calls.work')
  return (
    <nav className={classes.views} aria-label={t('views.label')}>
      <NavLink to={{ pathname: paths.board, search }} className={classes.view ?? ''}>
        <IconLayoutKanban size={16} stroke={1.75} aria-hidden />
        {t('views.kanban')}
      </NavLink>
      <NavLink to={{ pathname: paths.table, search }} className={classes.view ?? ''}>
        <IconTable size={16} stroke={1.75} aria-hidden />
        {t('views.table')}
      </NavLink>
      {mayCall && (
        <NavLink to={paths.calls} className={classes.view ?? ''}>
          <IconHeadset size={16} stroke={1.75} aria-hidden />
          {t('common:nav.calls')}
        </NavLink>
      )}
    </nav>
  )
}

interface OrdersChromeProps {
  readonly layout: 'edge' | 'board'
  readonly actions?: ReactNode
  readonly toolbar?: ReactNode
  readonly panel?: ReactNode
  readonly children: ReactNode
}

/** What the board and the table have in common: title, views and the way to a new order. */
export const OrdersChrome = ({ layout, actions, toolbar, panel, children }: OrdersChromeProps) => {
  const { t } = useTranslation('orders')
  const navigate = useNavigate()
  const mayCreate = useRights().can('orders.create')
  useShortcuts([{ keys: 'o', label: t('create.title'), run: () => void navigate(paths.create) }], { on: mayCreate })
  return (
    <Page
      title={t('title')}
      layout={layout}
      views={<Views />}
      toolbar={toolbar}
      panel={panel}
      actions={
        <>
          {actions}
          {mayCreate && (
            <ButtonLink
              to={paths.create}
              variant="filled"
              keyHint="o"
              icon={<IconPlus size={16} stroke={1.75} aria-hidden />}
            >
              {t('create.title')}
            </ButtonLink>
          )}
        </>
      }
    >
      {children}
    </Page>
  )
}
