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

const among = <T extends string>(values: readonly T[], value: string | null): T | undefined =>
  values.find((candidate) => candidate === value)

export const keptLanguage = (): Language => among(languages, keptPreference(preferenceKeys.language)) ?? 'fr'
export const keptDensity = (): Density => among(densities, keptPreference(preferenceKeys.density)) ?? 'comfortable'
export const keptScheme = (): Scheme | undefined => among(schemes, keptPreference(preferenceKeys.scheme))
