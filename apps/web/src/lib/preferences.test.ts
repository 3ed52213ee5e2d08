import { readFileSync } from 'node:fs'
import { languages } from '@sendocki/domain/language'
import { expect, test } from 'vitest'
import { directionOf, preferenceKeys } from './preferences.ts'

const script = readFileSync(new URL('../../public/before-paint.js', import.meta.url), 'utf8')

/** Runs the script as a page would, with what the browser has kept, and says what it set. */
const painted = (kept: Record<string, string>, systemIsDark = false) => {
  const root = { lang: '', dir: '', dataset: {} as Record<string, string> }
  const font = { rel: 'alternate' }
  const run = new Function('localStorage', 'document', 'matchMedia', script)
  run({ getItem: (key: string) => kept[key] ?? null }, { documentElement: root, getElementById: () => font }, () => ({
    matches: systemIsDark,
  }))
  return { lang: root.lang, dir: root.dir, scheme: root.dataset['mantineColorScheme'], arabicFont: font.rel }
}

test('what is kept is set before the first paint, in every language', () => {
  for (const language of languages) {
    const page = painted({ [preferenceKeys.language]: language, [preferenceKeys.scheme]: 'dark' })
    expect([page.lang, page.dir, page.scheme]).toEqual([language, directionOf(language), 'dark'])
  }
})

test('only an Arabic page fetches the Arabic face ahead', () => {
  expect(painted({ [preferenceKeys.language]: 'ar' }).arabicFont).toBe('preload')
  expect(painted({ [preferenceKeys.language]: 'fr' }).arabicFont).toBe('alternate')
})

test('without a choice the page is French, in the scheme of the system; a strange value is no choice', () => {
  expect(painted({}, true)).toMatchObject({ lang: 'fr', scheme: 'dark' })
  expect(painted({ [preferenceKeys.scheme]: 'sepia', [preferenceKeys.language]: 'de' })).toMatchObject({
    lang: 'fr',
    scheme: 'light',
  })
})
