import createBidi from 'bidi-js'

/*
 * Mixed text in the order in which it is seen. A PDF knows no direction: every piece is put where the eye finds it, and
 * the font joins the letters within a piece.
 */

export type Direction = 'ltr' | 'rtl'

// For Node the package is a function; its types say that this function is a default.
const bidi = (createBidi as unknown as typeof createBidi.default)()

/** A piece of a line that is drawn from its left edge on. */
export interface Piece {
  readonly text: string
  /** A space: it takes room and shows nothing. */
  readonly blank: boolean
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u

/** The direction of a text by its first letter; of one without letters, `otherwise`. */
export const directionOf = (text: string, otherwise: Direction): Direction => {
  const letter = /\p{L}/u.exec(text)?.[0]
  return letter === undefined ? otherwise : rightToLeft.test(letter) ? 'rtl' : 'ltr'
}

interface Run {
  readonly level: number
  readonly text: string
}

/** Splits a line where its direction changes, and at spaces, which keeps each word whole for the font. */
const runsOf = (line: string, levels: Uint8Array): Run[] => {
  const runs: Run[] = []
  let start = 0
  for (let at = 1; at <= line.length; at += 1) {
    const edge = at === line.length || levels[at] !== levels[start] || line[at] === ' ' || line[at - 1] === ' '
    if (!edge) continue
    runs.push({ level: levels[start] ?? 0, text: line.slice(start, at) })
    start = at
  }
  return runs
}

/** Rule L2 of the Unicode algorithm: from the highest level down, every sequence at or above it is turned round. */
const inSight = (runs: readonly Run[]): Run[] => {
  const seen = [...runs]
  const highest = Math.max(0, ...seen.map(({ level }) => level))
  for (let level = highest; level > 0; level -= 1)
    for (let start = 0; start < seen.length; start += 1) {
      let end = start
      while (end < seen.length && (seen[end] as Run).level >= level) end += 1
      if (end === start) continue
      seen.splice(start, end - start, ...seen.slice(start, end).reverse())
      start = end
    }
  return seen
}

/** They say where a direction begins and ends, and are not drawn. */
export const isolates = /[\u2066-\u2069]/g

/** What the font is given: letters in the order in which they are read, which it turns itself; bare signs turned here. */
const drawnOf = ({ level, text: marked }: Run): string => {
  const text = marked.replace(isolates, '')
  if (level % 2 === 0) return text
  const mirrored = [...text].map((sign) => bidi.getMirroredCharacter(sign) ?? sign)
  return rightToLeft.test(text) ? mirrored.join('') : mirrored.reverse().join('')
}

const plainText = /^[\p{ASCII}\u00a0-\u024f\u2010-\u2027\u2212]*$/u

/** The level of every sign of a paragraph: even ones are read from left to right, odd ones from right to left. */
export const levelsOf = (text: string, direction: Direction): Uint8Array =>
  direction === 'ltr' && plainText.test(text)
    ? new Uint8Array(text.length)
    : bidi.getEmbeddingLevels(text, direction).levels

/** The pieces of one line of a paragraph from left to right. */
export const piecesOf = (line: string, levels: Uint8Array): Piece[] =>
  inSight(runsOf(line, levels)).flatMap((run): Piece[] => {
    const text = drawnOf(run)
    return text === '' ? [] : [{ text, blank: text === ' ' }]
  })

const [leftToRightIsolate, firstStrongIsolate, endOfIsolate] = ['\u2066', '\u2068', '\u2069']
/** A number or a code, which stays as it is in any sentence. */
export const ltr = (text: string): string => leftToRightIsolate + text + endOfIsolate
/** What somebody wrote, in a sentence of ours: it keeps its own direction and leaves the sentence its. */
export const isolated = (text: string): string => firstStrongIsolate + text + endOfIsolate
