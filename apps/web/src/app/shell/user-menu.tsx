import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { type Language, languages } from '@sendocki/domain/language'
import { IconKeyboard, IconLogout, IconMoon, IconStairs, IconSun } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, bodyOf } from '../../lib/api.ts'
import { currentLanguage, speak } from '../../lib/i18n.ts'
import { openMembership, useCan, useMe } from '../../lib/me.ts'
import { densities, keepPreference, keptDensity, keptPreference, preferenceKeys } from '../../lib/preferences.ts'
import { problemText } from '../../lib/problem.ts'
import { singleKeysOn, switchSingleKeys } from '../../lib/shortcuts.ts'
import { Avatar, initialsOf } from '../../ui/avatar.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useSignOut } from './use-sign-out.ts'
import classes from './user-menu.module.css'

/** Who I am, and what belongs to me and this browser: merchant, language, appearance, keys, sign-out. */
export const UserMenu = ({ rail, onKeys }: { rail: boolean; onKeys: () => void }) => {
  const { t } = useTranslation('common')
  const me = useMe()
  const { fullName } = me.user
  const role = openMembership(me)?.role
  const can = useCan()
  const { signOut } = useSignOut()
  const [singles, setSingles] = useState(singleKeysOn)
  return (
    <Menu position="top-start" width={240}>
      <Menu.Target>
        <button
          type="button"
          className={classes.user}
          {...(rail ? { 'aria-label': t('shell.userMenu', { name: fullName, initials: initialsOf(fullName) }) } : {})}
        >
          <Avatar name={fullName} named />
          {!rail && (
            <span className={classes.who}>
              <bdi className="truncate">{fullName}</bdi>
              <small className="truncate">{role && (role.key ? t(`role.${role.key}`) : role.name)}</small>
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Merchants />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        {languages.map((language) => (
          <LanguageItem key={language} language={language} />
        ))}
        <Menu.Divider />
        <SchemeItem />
        <DensityItem />
        <KeyboardItem />
        <Menu.CheckboxItem
          checked={singles}
          onChange={(on) => {
            switchSingleKeys(on)
            setSingles(on)
          }}
        >
          {t('shell.singleKeys')}
        </Menu.CheckboxItem>
        {can('merchant.edit') && (
          <Menu.Item component={Link} to="/start" leftSection={<IconStairs size={16} stroke={1.75} />}>
            {t('nav.start')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.75} />} onClick={onKeys}>
          {t('shell.keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.75} className="mirror" />}
          onClick={() => void signOut()}
        >
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** The other merchants of the person; nothing to choose when there is one. */
const Merchants = () => {
  const { t } = useTranslation('common')
  const { memberships, merchant } = useMe()
  const { enter } = useSignOut()
  if (memberships.length < 2) return null
  const open = async (merchantId: string): Promise<void> => {
    try {
      await enter(await bodyOf(api.POST('/api/v1/auth/switch', { body: { merchantId } })))
    } catch (problem) {
      showToast({ tone: 'refused', message: problemText(problem) })
    }
  }
  return (
    <>
      <Menu.Label>{t('shell.merchant')}</Menu.Label>
      {memberships.map(({ merchantId: id, merchantName: name }) => (
        <Menu.RadioItem
          key={id}
          value={id}
          checked={id === merchant?.id}
          closeMenuOnClick
          onChange={() => void open(id)}
        >
          <bdi>{name}</bdi>
        </Menu.RadioItem>
      ))}
      <Menu.Divider />
    </>
  )
}

const LanguageItem = ({ language }: { language: Language }) => {
  const { t } = useTranslation('common')
  return (
    <Menu.RadioItem
      lang={language}
      value={language}
      checked={currentLanguage() === language}
      closeMenuOnClick
      onChange={() => void speak(language)}
    >
      {t(`language.${language}`)}
    </Menu.RadioItem>
  )
}

const SchemeItem = () => {
  const { t } = useTranslation('common')
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  return (
    <Menu.Item
      closeMenuOnClick={false}
      leftSection={dark ? <IconSun size={16} stroke={1.75} /> : <IconMoon size={16} stroke={1.75} />}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      {t(dark ? 'palette.toLight' : 'palette.toDark')}
    </Menu.Item>
  )
}

const DensityItem = () => {
  const { t } = useTranslation('common')
  const [density, setDensity] = useState(keptDensity)
  const next = densities.find((candidate) => candidate !== density) ?? 'comfortable'
  return (
    <Menu.Item
      closeMenuOnClick={false}
      onClick={() => {
        keepPreference(preferenceKeys.density, next === 'comfortable' ? null : next)
        document.documentElement.dataset['density'] = next
        setDensity(next)
      }}
    >
      {t('shell.densityIs', { density: t(`shell.${density}`) })}
    </Menu.Item>
  )
}

/** Which letters the keys carry: what counts under an Arabic layout, where a key types no Latin letter. */
const KeyboardItem = () => {
  const { t } = useTranslation('common')
  const [keyboard, setKeyboard] = useState(keptPreference(preferenceKeys.keyboard) === 'qwerty' ? 'QWERTY' : 'AZERTY')
  const next = keyboard === 'AZERTY' ? 'QWERTY' : 'AZERTY'
  return (
    <Menu.Item
      closeMenuOnClick={false}
      onClick={() => {
        keepPreference(preferenceKeys.keyboard, next === 'QWERTY' ? 'qwerty' : null)
        setKeyboard(next)
      }}
    >
      {t('shell.keyboardIs', { keyboard })}
    </Menu.Item>
  )
}
