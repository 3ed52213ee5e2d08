import { readFileSync } from 'node:fs'
import { languages } from '@sendocki/domain/language'
import { expect, test } from 'vitest'
import { directionOf, preferenceKeys } from './preferences.ts'

const script = readFileSync(new URL('../../public/before-paint.js', import.meta.url), 'utf8')

/** Runs the script as a page would, with what the browser has kept, and says what it set. */
const painted = (kept: Record<string, string>, systemIsDark = false) => {
  const root = { lang: '', dir: '', dataset: {} as Record<string, string> }
  const font = { rel: 'alternate' }
  const manifest = { href: '', setAttribute: (_name: string, value: string) => void (manifest.href = value) }
  const frames = [{ content: 'light' }, { content: 'dark' }]
  const run = new Function('localStorage', 'document', 'matchMedia', script)
  const page = {
    documentElement: root,
    getElementById: (id: string) => (id === 'manifest' ? manifest : font),
    querySelectorAll: () => frames,
  }
  run({ getItem: (key: string) => kept[key] ?? null }, page, () => ({ matches: systemIsDark }))
  return {
    ...{ lang: root.lang, dir: root.dir, scheme: root.dataset['mantineColorScheme'], arabicFont: font.rel },
    manifest: manifest.href,
    frames: frames.map(({ content }) => content),
  }
}

test('what is kept is set before the first paint, in every language', () => {
  for (const language of languages) {
    const page = painted({ [preferenceKeys.language]: language, [preferenceKeys.scheme]: 'dark' })
    expect([page.lang, page.dir, page.scheme]).toEqual([language, directionOf(language), 'dark'])
  }
})

const tokens = readFileSync(new URL('../ui/tokens.css', import.meta.url), 'utf8')
/** The canvases in the order of the schemes. */
const [light, dark] = [...tokens.matchAll(/--canvas: (#[0-9a-f]{6})/g)].map(([, colour]) => colour)

test('the frame around the page follows a chosen scheme in the colours of the canvas, and the system without one', () => {
  expect(painted({ [preferenceKeys.scheme]: 'dark' }).frames).toEqual([dark, dark])
  expect(painted({ [preferenceKeys.scheme]: 'light' }, true).frames).toEqual([light, light])
  expect(painted({}, true).frames).toEqual(['light', 'dark'])
  const html = readFileSync(new URL('../../index.html', import.meta.url), 'utf8')
  expect([...html.matchAll(/theme-color" content="(#[0-9a-f]{6})"/g)].map(([, colour]) => colour)).toEqual([
    light,
    dark,
  ])
})

test('what is installed bears the words and the direction of the language', () => {
  for (const language of languages) {
    const { manifest } = painted({ [preferenceKeys.language]: language })
    const file = readFileSync(new URL(`../../public${manifest}`, import.meta.url), 'utf8')
    expect(JSON.parse(file)).toMatchObject({ lang: language, dir: directionOf(language), theme_color: light })
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
