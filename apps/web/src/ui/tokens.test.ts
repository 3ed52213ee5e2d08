import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { palettes } from './palette.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

const tokensOf = (scheme: string): Map<string, string> => {
  const block = css.split(`[data-mantine-color-scheme="${scheme}"] {`)[1]?.split('}')[0] ?? ''
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [String(name), String(value)]),
  )
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['canvas', 'surface', 'sunken', 'hover']
const words = [
  'ink',
  'ink-2',
  'ink-3',
  'accent',
  'ok',
  'warn',
  'bad',
  'info',
  ...palettes.map((name) => `stage-${name}-text`),
]
const onTint = [
  ...['ok', 'warn', 'bad', 'info'].map((name) => [name, `${name}-tint`]),
  ...palettes.map((name) => [`stage-${name}-text`, `stage-${name}-tint`]),
]
const shapes = [
  'field',
  ...['ok', 'warn', 'bad', 'info'].map((name) => `${name}-fill`),
  ...palettes.map((name) => `stage-${name}-glyph`),
]
const filled = [
  ['on-ink', 'ink'],
  ['on-accent', 'accent-fill'],
  ['on-toast', 'toast'],
  ['on-toast', 'toast-button'],
  ['toast-link', 'toast'],
  ['accent', 'accent-tint'],
]

describe.each(['light', 'dark'])('%s', (scheme) => {
  const tokens = tokensOf(scheme)
  const between = (one: string, other: string): number => {
    const [first, second] = [tokens.get(one), tokens.get(other)]
    if (!first || !second) throw new Error(`tokens.css has no ${first ? other : one} in ${scheme}`)
    return contrast(first, second)
  }

  test('text is readable on every ground', () => {
    const weak = words.flatMap((word) =>
      grounds.filter((ground) => between(word, ground) < 4.5).map((ground) => `${word} on ${ground}`),
    )
    expect(weak).toEqual([])
  })
  test('text on its own tint is at least 6.0', () => {
    expect(
      onTint.filter(([word = '', tint = '']) => Math.round(between(word, tint) * 10) < 60).map(([word]) => word),
    ).toEqual([])
  })
  test('glyphs and field edges are at least 3 on the surface', () => {
    expect(shapes.filter((shape) => between(shape, 'surface') < 3)).toEqual([])
  })
  test('text on filled parts is readable', () => {
    expect(filled.filter(([word = '', ground = '']) => between(word, ground) < 4.5).map(([word]) => word)).toEqual([])
  })
})

test('both schemes have the same tokens', () => {
  expect([...tokensOf('dark').keys()]).toEqual([...tokensOf('light').keys()])
})
