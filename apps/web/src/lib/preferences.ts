import { type Language, languages } from '@sendocki/domain/language'

// What a person chose for this browser, kept in localStorage under the keys that `public/before-paint.js` reads too.

const schemes = ['light', 'dark'] as const
export type Scheme = (typeof schemes)[number]

export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]

export const preferenceKeys = {
  language: 'sendocki.language',
  scheme: 'sendocki.scheme',
  density: 'sendocki.density',
  rail: 'sendocki.rail',
  singleKeys: 'sendocki.single-keys',
  keyboard: 'sendocki.keyboard',
  tongue: 'sendocki.tongue',
  installHint: 'sendocki.install-hint',
  paper: 'sendocki.paper',
} as const
type PreferenceKey = (typeof preferenceKeys)[keyof typeof preferenceKeys]

/** Kept value, or null; also null where the browser forbids storage. */
export const keptPreference = (key: PreferenceKey): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps the value, or forgets it with null. Where storage is forbidden the choice lasts as long as the page. */
export const keepPreference = (key: PreferenceKey, value: string | null): void => {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    return
  }
}

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')

/** The canvas of each scheme, as `ui/tokens.css` and `index.html` have it: the frame that a phone draws around the page. */
const grounds: Readonly<Record<Scheme, string>> = { light: '#f3f4f6', dark: '#0c0d10' }

/** The frame follows the chosen scheme, or with null the system's. */
export const frameIn = (scheme: Scheme | null): void => {
  const frames = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')
  for (const frame of frames) frame.content = grounds[scheme ?? (frame.media.includes('dark') ? 'dark' : 'light')]
}

/** What a browser installs bears the words and the direction of the language. */
export const offerIn = (language: Language): void =>
  document.getElementById('manifest')?.setAttribute('href', `/manifest.${language}.webmanifest`)

const among = <T extends string>(values: readonly T[], value: string | null): T | undefined =>
  values.find((candidate) => candidate === value)

export const keptLanguage = (): Language => among(languages, keptPreference(preferenceKeys.language)) ?? 'fr'
export const keptDensity = (): Density => among(densities, keptPreference(preferenceKeys.density)) ?? 'comfortable'
export const keptScheme = (): Scheme | undefined => among(schemes, keptPreference(preferenceKeys.scheme))
