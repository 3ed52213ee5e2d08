import classes from './marked.module.css'

/** Where the typed signs stand in the text; digits match across the spaces of a phone or an amount. Pure, for the test. */
export const markedParts = (
  text: string,
  query: string,
): readonly { readonly text: string; readonly marked: boolean }[] => {
  const signs = [...query.replace(/[\s#]/g, '')].map((sign) => sign.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&'))
  if (signs.length === 0) return [{ text, marked: false }]
  const parts = text.split(new RegExp(`(${signs.join('\\s?')})`, 'iu'))
  return parts.map((part, index) => ({ text: part, marked: index % 2 === 1 })).filter((part) => part.text !== '')
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
