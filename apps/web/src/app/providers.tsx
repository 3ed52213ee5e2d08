import { DirectionProvider, type MantineColorSchemeManager, MantineProvider, useDirection } from '@mantine/core'
import type { Language } from '@sendocki/domain/language'
import { moneyParts } from '@sendocki/domain/money'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { displayPhone, formatAge, formatCount, formatInstant, formatRelative } from '../lib/format.ts'
import { currentLanguage } from '../lib/i18n.ts'
import { directionOf, frameIn, keepPreference, keptScheme, preferenceKeys } from '../lib/preferences.ts'
import { type Formats, FormatsContext } from '../ui/formats.ts'
import { theme } from '../ui/theme.ts'

const formatsOf = (language: Language): Formats => ({
  money: (centimes, decimals) => moneyParts(centimes, language, decimals),
  phone: displayPhone,
  count: (count, capped = false) => formatCount(count, capped, language),
  relative: (instant, now) => formatRelative(instant, now, language),
  age: (instant, now) => formatAge(instant, now, language),
  exact: (instant) => formatInstant(instant, language),
})

/** Keeps the chosen scheme where `before-paint.js` finds it; without a choice the system's own counts. */
const schemes: MantineColorSchemeManager = {
  get: (fallback) => keptScheme() ?? fallback,
  set: (value) => {
    const chosen = value === 'auto' ? null : value
    keepPreference(preferenceKeys.scheme, chosen)
    frameIn(chosen)
  },
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => keepPreference(preferenceKeys.scheme, null),
}

const Formatted = ({ children }: { children: ReactNode }) => {
  useTranslation('common')
  const language = currentLanguage()
  const { setDirection } = useDirection()
  useEffect(() => setDirection(directionOf(language)), [language, setDirection])
  const formats = useMemo(() => formatsOf(language), [language])
  return <FormatsContext value={formats}>{children}</FormatsContext>
}

/** Theme, direction, server data and formats, for every screen. */
export const Providers = ({ queries, children }: { queries: QueryClient; children: ReactNode }) => (
  <QueryClientProvider client={queries}>
    <DirectionProvider initialDirection={directionOf(currentLanguage())} detectDirection={false}>
      <MantineProvider
        theme={theme}
        colorSchemeManager={schemes}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <Formatted>{children}</Formatted>
      </MantineProvider>
    </DirectionProvider>
  </QueryClientProvider>
)
