/**
 * The notations of a stored phone. Apart from the parser, so that a screen which only prints phones does not load
 * the numbering plans of the world.
 */

const dot = '•'

/** Pairs from the end of `0612345678`, and of its mask alike. */
const inPairs = (local: string) => local.replace(/(..)(?=.)/g, '$1 ')

/** `0612345678` from `+212612345678` (the form Sendit and Ozon take), null for a foreign phone; masks keep their dots. */
export const localPhone = (e164: string): string | null => (e164.startsWith('+212') ? `0${e164.slice(4)}` : null)

/** What a screen shows: `06 12 34 56 78`, `06 •• •• •• 78` for a mask, and a foreign phone as it is stored. */
export const formatPhone = (e164: string): string => {
  const local = localPhone(e164)
  return local === null ? e164 : inPairs(local)
}

/** The digits WhatsApp wants in its links and API: `212612345678`. */
export const whatsappDigits = (e164: string): string => e164.slice(1)

/** `+2126••••••78`: as long as the phone, with the country, the kind of line and the last two digits left readable. */
export const maskPhone = (e164: string): string => {
  const shown = e164.startsWith('+212') ? 5 : 3
  const hidden = Math.max(0, e164.length - shown - 2)
  return e164.slice(0, shown) + dot.repeat(hidden) + e164.slice(shown + hidden)
}

/** Whether a text is a mask of ours and therefore never a phone to store. */
export const isPhoneMask = (text: string): boolean => text.includes(dot)
