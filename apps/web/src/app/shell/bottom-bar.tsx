import { Drawer } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useCan } from '../../lib/me.ts'
import { Button } from '../../ui/button.tsx'
import { useStillPage } from '../../ui/dialog.tsx'
import { groups, type Screen, screensFor } from '../screens.ts'
import classes from './bottom-bar.module.css'
import { NavigationLinks } from './navigation.tsx'
import { Notices } from './notices.tsx'
import { UserMenu } from './user-menu.tsx'

const most = 3

/** The first screen of each group; where a role has few groups, the next ones of these. */
const nearestOf = (screens: readonly Screen[]): Screen[] => {
  const isFirst = ({ group, path }: Screen): boolean => screens.find((one) => one.group === group)?.path === path
  const chosen = [...screens.filter(isFirst), ...screens.filter((screen) => !isFirst(screen))].slice(0, most)
  return screens.filter((screen) => chosen.includes(screen))
}

/** On a phone: the first screens, and behind "more" the search and all others. */
export const BottomBar = ({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) => {
  const { t } = useTranslation('common')
  const [open, setOpen] = useState(false)
  const nearest = nearestOf(screensFor(useCan()).filter(({ phone }) => phone))
  useStillPage(open)
  return (
    <nav className={classes.bar} aria-label={t('nav.label')}>
      {nearest.map(({ path, label, group, icon }) => {
        const Icon = icon ?? groups.find(({ id }) => id === group)?.icon ?? IconMenu2
        return (
          <NavLink key={path} to={path} className={classes.item ?? ''}>
            <Icon size={22} stroke={1.75} aria-hidden />
            {t(label)}
          </NavLink>
        )
      })}
      <button type="button" className={classes.item} aria-expanded={open} onClick={() => setOpen(true)}>
        <IconMenu2 size={22} stroke={1.75} aria-hidden />
        {t('nav.more')}
      </button>
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        position="bottom"
        size="85%"
        title={t('nav.more')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        <div className={classes.more}>
          <div className={classes.mine}>
            <UserMenu rail={false} onKeys={onKeys} />
            <Notices />
          </div>
          <Button
            block
            size="thumb"
            icon={<IconSearch size={20} stroke={1.75} aria-hidden />}
            onClick={() => {
              setOpen(false)
              onSearch()
            }}
          >
            {t('shell.search')}
          </Button>
          <NavigationLinks onNavigate={() => setOpen(false)} />
        </div>
      </Drawer>
    </nav>
  )
}
