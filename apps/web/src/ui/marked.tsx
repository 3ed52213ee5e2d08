import classes from './marked.module.css'

interface Part {
  readonly text: string
  readonly marked: boolean
}

/** Length of the match that begins at `from`, spaces in the text skipped; 0 without one. */
const matchAt = (text: readonly string[], from: number, signs: readonly string[]): number => {
  let at = from
  for (const sign of signs) {
    while (at > from && text[at]?.trim() === '') at += 1
    if (text[at]?.toLowerCase() !== sign) return 0
    at += 1
  }
  return at - from
}

/** Where the typed signs stand in the text; digits match across the spaces of a phone or an amount. */
export const markedParts = (text: string, query: string): readonly Part[] => {
  const signs = [...query.replace(/[\s#]/g, '').toLowerCase()]
  const letters = [...text]
  const parts: Part[] = []
  let plain = ''
  for (let at = 0; at < letters.length; ) {
    const length = signs.length === 0 ? 0 : matchAt(letters, at, signs)
    if (length === 0) {
      plain += letters[at]
      at += 1
      continue
    }
    if (plain) parts.push({ text: plain, marked: false })
    plain = ''
    parts.push({ text: letters.slice(at, at + length).join(''), marked: true })
    at += length
  }
  return plain ? [...parts, { text: plain, marked: false }] : parts
}

/** A text with what was searched for marked in it. */
export const Marked = ({ text, query }: { text: string; query: string }) => (
  <bdi>
    {markedParts(text, query).map(({ text: part, marked }, index) =>
      marked ? (
        <mark key={index} className={classes.mark}>
          {part}
        </mark>
      ) : (
        part
      ),
    )}
  </bdi>
)
