import type { CSSProperties } from 'react'

/** The ten stage palettes of tokens.css; a merchant's stage names one of them as its colour. */
export const palettes = [
  'green',
  'orange',
  'yellow',
  'blue',
  'brown',
  'purple',
  'emerald',
  'red',
  'rose',
  'grey',
] as const

/** Sets `--glyph`, `--text` and `--tint` of a palette for the element and what it holds. A strange name takes the grey. */
export const paletteStyle = (palette: string): CSSProperties => {
  const name = `--stage-${palettes.find((candidate) => candidate === palette) ?? 'grey'}`
  return {
    '--glyph': `var(${name}-glyph)`,
    '--text': `var(${name}-text)`,
    '--tint': `var(${name}-tint)`,
  } as CSSProperties
}
