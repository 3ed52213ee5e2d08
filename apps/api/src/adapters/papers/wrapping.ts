/** A line of a paragraph: which of its signs, with the dots that say that there was more. */
export interface Line {
  readonly text: string
  readonly start: number
  readonly end: number
}

interface Word {
  readonly start: number
  readonly end: number
}

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[^ ]+/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }))

/** Where a word that is wider than a line is cut: as late as it fits, and never before its first sign. */
const cutOf = (text: string, { start, end }: Word, fits: (text: string) => boolean): number => {
  let cut = end - 1
  while (cut > start + 1 && !fits(text.slice(start, cut))) cut -= 1
  return cut
}

/** Lines that fit, broken between words; no more than `most`, the last of which ends in dots when there was more. */
export const wrapped = (text: string, most: number, fits: (text: string) => boolean): Line[] => {
  const words = wordsOf(text)
  const lines: Line[] = []
  let open: Word | null = null
  const close = ({ start, end }: Word): void => {
    lines.push({ text: text.slice(start, end), start, end })
    open = null
  }
  while (words.length > 0 && lines.length < most) {
    const word: Word = words[0] as Word
    const longer: Word = { start: open === null ? word.start : (open as Word).start, end: word.end }
    if (fits(text.slice(longer.start, longer.end))) {
      open = longer
      words.shift()
    } else if (open !== null) close(open)
    else {
      const cut = cutOf(text, word, fits)
      close({ start: word.start, end: cut })
      words[0] = { start: cut, end: word.end }
      if (cut >= word.end) words.shift()
    }
  }
  if (open !== null && lines.length < most) close(open)
  const last = lines.at(-1)
  const more = words.length > 0 || open !== null
  return more && last ? [...lines.slice(0, -1), dotted(last, fits)] : lines
}

const dotted = ({ text, start }: Line, fits: (text: string) => boolean): Line => {
  let kept = text
  while (kept !== '' && !fits(`${kept}…`)) kept = kept.slice(0, -1)
  kept = kept.trimEnd()
  return { text: `${kept}…`, start, end: start + kept.length }
}
