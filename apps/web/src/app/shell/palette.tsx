import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { languages } from '@sendocki/domain/language'
import {
  IconArrowRight,
  IconLanguage,
  IconMoon,
  IconPackages,
  IconPlus,
  IconSearch,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { displayPhone } from '../../lib/format.ts'
import { currentLanguage, speak } from '../../lib/i18n.ts'
import { useCan } from '../../lib/me.ts'
import { useCityName } from '../../lib/places.ts'
import { searchQuery } from '../../lib/search.ts'
import { useStillPage } from '../../ui/dialog.tsx'
import { Marked } from '../../ui/marked.tsx'
import { screensFor } from '../screens.ts'
import '@mantine/spotlight/styles.layer.css'
import classes from './palette.module.css'

interface Line {
  readonly id: string
  readonly icon: ReactNode
  /** The number of an order, which keeps its place whatever the script of the name after it. */
  readonly number?: string
  readonly title: string
  readonly detail?: string | null
  readonly run: () => void
}

const [store, spotlight] = createSpotlight()

/** Fewer signs name too much. */
const shortest = 2

/** Without case and accents, and with the apostrophe of keyboards: "parametres" finds "Paramètres", "d'appels" its screen. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()

interface PaletteProps {
  readonly opened: boolean
  readonly onClose: () => void
}

/** `Ctrl K`: orders and customers by number, phone, name, e-mail or tracking; then actions, then screens. */
export const Palette = ({ opened, onClose }: PaletteProps) => {
  const { t } = useTranslation('common')
  const [typed, setTyped] = useState('')
  const query = typed.trim()
  const asked = useDeferredValue(query)
  useStillPage(opened)
  useEffect(() => {
    if (opened) spotlight.open()
    else spotlight.close()
  }, [opened])

  const actions = useActions()
  const screens = useScreens()
  const cityName = useCityName()
  const {
    data: found,
    isError,
    isFetching,
  } = useQuery({ ...searchQuery(asked), enabled: opened && asked.length >= shortest })
  const navigate = useNavigate()
  const matching = (lines: readonly Line[]): readonly Line[] =>
    lines.filter(({ title }) => folded(title).includes(folded(query)))
  const answer = asked === query ? found : undefined
  const orders: readonly Line[] = (answer?.orders ?? []).map(
    ({ id, number, customerName, cityId, city, trackingNumber }) => ({
      id,
      icon: <IconPackages size={16} stroke={1.75} />,
      number: `#${number}`,
      title: customerName,
      detail: trackingNumber ?? (city && cityName({ id: cityId, name: city })),
      run: () => void navigate(`/orders/${id}`),
    }),
  )
  const customers: readonly Line[] = (answer?.customers ?? []).map(({ id, name, phone, email }) => ({
    id,
    icon: <IconUser size={16} stroke={1.75} />,
    title: name,
    detail: phone === null ? email : displayPhone(phone),
    run: () => void navigate(`/customers?open=${id}`),
  }))

  const groups = [
    { label: t('palette.orders'), lines: orders },
    { label: t('palette.customers'), lines: customers },
    { label: t('palette.actions'), lines: matching(actions) },
    { label: t('palette.screens'), lines: matching(screens) },
  ].filter(({ lines }) => lines.length > 0)
  const searching = asked !== query || isFetching
  const enter = useChosenLine(query, groups.flatMap(({ lines }) => lines.map(({ id }) => id)).join(' '), searching)

  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={onClose}
      shortcut={null}
      lockScroll={false}
      scrollable
      maxHeight={420}
      size={560}
      // The dialog's own element, which the types of the palette forget.
      attributes={{ content: { 'aria-label': t('palette.title') } } as object}
      transitionProps={{ duration: 120 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      centered={false}
      yOffset="14vh"
      classNames={{ actionsGroup: classes.group ?? '' }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.title')}
        leftSection={<IconSearch size={16} stroke={1.75} />}
        onKeyDown={enter}
      />
      <Spotlight.ActionsList>
        {groups.map(({ label, lines }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {lines.map(({ id, icon, number, title, detail, run }) => (
              <Spotlight.Action key={id} onClick={run} className={classes.action ?? ''}>
                {icon}
                {number && <Marked text={number} query={query} />}
                <span className={classes.title}>
                  <Marked text={title} query={query} />
                </span>
                {detail && (
                  <span className={classes.detail}>
                    <Marked text={detail} query={query} />
                  </span>
                )}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && (
          <Spotlight.Empty>{searching ? t('palette.searching') : t('palette.nothing', { query })}</Spotlight.Empty>
        )}
        {isError && (
          <p role="status" className={classes.failed}>
            {t('palette.failed')}
          </p>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/**
 * Whoever types has the first line chosen, also when lines come late: the library chooses once, at the stroke of
 * the key. `Enter` before the answer is there opens what comes first.
 */
const useChosenLine = (query: string, lines: string, searching: boolean) => {
  const early = useRef<string | null>(null)
  useEffect(() => {
    const drawn = drawnLines()
    const [first] = drawn
    if (query === '' || !first) return
    if (chosenOf(drawn) === -1) first.dataset['selected'] = 'true'
    const selected = chosenOf(drawn)
    store.updateState((state) => ({ ...state, selected }))
    if (early.current === query && !searching) drawn[selected]?.click()
  }, [query, lines, searching])
  return ({ key }: { readonly key: string }): void => {
    early.current = key === 'Enter' && chosenOf(drawnLines()) === -1 ? query : null
  }
}

/** What the palette's list shows, in its order. */
const drawnLines = (): readonly HTMLElement[] => [
  ...(document.getElementById(store.getState().listId)?.querySelectorAll<HTMLElement>('[data-action]') ?? []),
]
const chosenOf = (drawn: readonly HTMLElement[]): number => drawn.findIndex(({ dataset }) => 'selected' in dataset)

const useScreens = (): readonly Line[] => {
  const { t } = useTranslation('common')
  const navigate = useNavigate()
  return screensFor(useCan())
    .filter(({ hidden }) => !hidden)
    .map(({ path, label }) => ({
      id: path,
      icon: <IconArrowRight size={16} stroke={1.75} className="mirror" />,
      title: t(label),
      run: () => void navigate(path),
    }))
}

const useActions = (): readonly Line[] => {
  const { t } = useTranslation('common')
  const navigate = useNavigate()
  const mayCreate = useCan()('orders.create')
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const create: Line = {
    id: 'order.create',
    icon: <IconPlus size={16} stroke={1.75} />,
    title: t('keys.newOrder'),
    run: () => void navigate('/orders/new'),
  }
  return [
    ...(mayCreate ? [create] : []),
    {
      id: 'scheme',
      icon: dark ? <IconSun size={16} stroke={1.75} /> : <IconMoon size={16} stroke={1.75} />,
      title: t(dark ? 'palette.toLight' : 'palette.toDark'),
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    ...languages
      .filter((language) => language !== currentLanguage())
      .map((language) => ({
        id: `language-${language}`,
        icon: <IconLanguage size={16} stroke={1.75} />,
        title: t('palette.speak', { language: t(`language.${language}`) }),
        run: () => void speak(language),
      })),
  ]
}
