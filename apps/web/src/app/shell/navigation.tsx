import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { OnboardingProgress } from '../../features/onboarding/progress.tsx'
import { useCan, useMe } from '../../lib/me.ts'
import { keepPreference, keptPreference, preferenceKeys } from '../../lib/preferences.ts'
import { Mark } from '../../ui/glyphs.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Key } from '../../ui/key.tsx'
import { useWindow } from '../../ui/use-window.ts'
import { type GroupId, groups, type Screen, screensFor } from '../screens.ts'
import classes from './navigation.module.css'
import { Notices } from './notices.tsx'
import { UserMenu } from './user-menu.tsx'

interface NavigationProps {
  readonly onSearch: () => void
  readonly onKeys: () => void
}

/** 216 pixels, or a rail of 56: under 1200 pixels, by choice, and at the call centre until one chooses. On the right in Arabic. */
export const Navigation = ({ onSearch, onKeys }: NavigationProps) => {
  const { t } = useTranslation('common')
  const wide = useWindow('wide')
  const { pathname } = useLocation()
  const [chosen, setChosen] = useState(() => keptPreference(preferenceKeys.rail))
  const rail = !wide || (chosen === null ? pathname === '/calls' : chosen === 'on')
  const toggle = (): void => {
    const next = rail ? 'off' : 'on'
    keepPreference(preferenceKeys.rail, next)
    setChosen(next)
  }
  const me = useMe()
  return (
    <nav className={classes.navigation} data-rail={rail || undefined} aria-label={t('nav.label')}>
      <div className={classes.top}>
        <Mark />
        {!rail && <strong className="truncate">{me.merchant?.name ?? 'Sendocki'}</strong>}
        <Notices />
      </div>
      <button
        type="button"
        className={classes.search}
        onClick={onSearch}
        {...(rail ? { 'aria-label': t('shell.search') } : {})}
      >
        <IconSearch size={16} stroke={1.75} aria-hidden />
        {!rail && (
          <>
            <span>{t('shell.search')}</span>
            <Key keys="mod+k" />
          </>
        )}
      </button>
      <NavigationLinks rail={rail} />
      {!rail && <OnboardingProgress />}
      <div className={classes.foot}>
        <UserMenu rail={rail} onKeys={onKeys} />
        {wide && (
          <IconButton label={t(rail ? 'nav.expandNav' : 'nav.collapse')} size="small" onClick={toggle}>
            {rail ? (
              <IconLayoutSidebarLeftExpand size={16} stroke={1.75} className="mirror" />
            ) : (
              <IconLayoutSidebarLeftCollapse size={16} stroke={1.75} className="mirror" />
            )}
          </IconButton>
        )}
      </div>
    </nav>
  )
}

/** The groups and their screens. The settings stand last and unfold while one of them is open. */
export const NavigationLinks = ({ rail = false, onNavigate }: { rail?: boolean; onNavigate?: () => void }) => {
  const { t } = useTranslation('common')
  const { pathname } = useLocation()
  const list = useRef<HTMLUListElement>(null)
  // Where one is stands in view, also when the list is longer than the window, or grows shorter once all is there.
  useEffect(() => {
    const { current } = list
    const observer = new ResizeObserver(() => {
      current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' })
    })
    if (current) observer.observe(current)
    return () => observer.disconnect()
  }, [pathname])
  const shown = screensFor(useCan()).filter(({ hidden }) => !hidden)
  const of = (group: GroupId): readonly Screen[] => shown.filter((screen) => screen.group === group)
  return (
    <ul ref={list} className={classes.groups}>
      {groups
        .filter(({ id }) => of(id).length > 0)
        .map(({ id, label, icon: Icon }) => {
          const own = of(id)
          const here = own.some(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
          // A group that is one screen under its own name has nothing to unfold.
          const alone = own.every((screen) => screen.label === label)
          const unfolded = !rail && (id !== 'settings' || here) && !alone
          return (
            <li key={id} data-group={id}>
              <NavLink
                to={own[0]?.path ?? '/'}
                className={classes.group ?? ''}
                data-here={here || undefined}
                data-alone={alone || undefined}
                aria-current={undefined}
                title={rail ? t(label) : undefined}
                {...(onNavigate ? { onClick: onNavigate } : {})}
              >
                <Icon size={17} stroke={1.75} aria-hidden />
                <span className={rail ? 'visually-hidden' : undefined}>{t(label)}</span>
              </NavLink>
              {unfolded && (
                <ul>
                  {own.map(({ path, label: own }) => (
                    <li key={path}>
                      <NavLink
                        to={path}
                        className={classes.link ?? ''}
                        {...(onNavigate ? { onClick: onNavigate } : {})}
                      >
                        {t(own)}
                      </NavLink>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          )
        })}
    </ul>
  )
}
