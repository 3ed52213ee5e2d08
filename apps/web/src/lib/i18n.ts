import { type Language, languages } from '@sendocki/domain/language'
import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { catalogues } from '../messages/catalogues.ts'
import type { Noun } from '../messages/french.ts'
import { formatNumber } from './format.ts'
import { withFrenchSpaces } from './french-spaces.ts'
import { directionOf, keepPreference, keptLanguage, offerIn, preferenceKeys } from './preferences.ts'

/** Each catalogue is a chunk of its own, fetched with the first screen that speaks of its noun. */
const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, noun, done) => {
    catalogues[language as Language][noun as Noun]().then(
      ({ messages }) => done(null, language === 'fr' ? withFrenchSpaces(messages) : messages),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    )
  },
}

export const i18n = i18next.createInstance()

/** Starts in the kept language, with the catalogues that every screen needs. */
export const startI18n = async (): Promise<void> => {
  await i18n
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: keptLanguage(),
      supportedLngs: languages,
      fallbackLng: false,
      ns: ['common', 'errors'],
      defaultNS: 'common',
      returnNull: false,
      interpolation: {
        // React escapes markup. What is escaped here is direction: a Latin name or an amount inside an Arabic sentence
        // keeps its own order between the isolating marks.
        escapeValue: true,
        escape: (value) => (i18n.language === 'ar' ? `\u2068${value}\u2069` : value),
      },
      react: { useSuspense: true },
    })
  i18n.services.formatter?.add('number', (value: number, language) => formatNumber(value, language as Language))
  // The sign belongs to the value: left in the sentence, it would stand outside the marks that isolate the number.
  i18n.services.formatter?.add('order', (value: number) => `#${value}`)
}

export const currentLanguage = (): Language => languages.find((language) => language === i18n.language) ?? 'fr'

/** Fetches catalogues ahead of a screen, so that it appears whole. */
export const loadMessages = (...nouns: Noun[]): Promise<void> => i18n.loadNamespaces(nouns)

/** Changes words and direction together, and remembers the choice. */
export const speak = async (language: Language): Promise<void> => {
  await i18n.changeLanguage(language)
  keepPreference(preferenceKeys.language, language)
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
  offerIn(language)
}
