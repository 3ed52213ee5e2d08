import { plainText } from '../digits.ts'
import { ok, type Result, refuse } from '../result.ts'
import { commonPasswords, commonWords } from './common-passwords.ts'

/** Whose password it is to be: what they are called is what is guessed first. */
export interface PasswordOwner {
  readonly email: string
  readonly fullName: string
  readonly merchantName?: string
}

const ours = 'sendocki'
/** Digits and signs that cost a guesser nothing: a year, a day, an exclamation mark. */
const cheapSigns = 8
const shortestWord = 3
const longestWord = 20

/** Along a keyboard, the alphabet or the digits, in either direction. */
const rows = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
].flatMap((row) => [row, [...row].reverse().join('')])
const leet: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '0': 'o', $: 's', '5': 's' }

/**
 * Refuses a password that is guessed early: made of the person's own words or ours, or of what everybody takes (a common
 * password, one or two common words, keyboard rows, repetitions), whatever digits and signs stand around it. No kind of
 * character is ever demanded. Source: product.md 14.
 */
export const checkPassword = (password: string, owner: PasswordOwner): Result<null> => {
  const own = ownWords(owner)
  const spellings = spellingsOf(password)
  if (spellings.some((text) => isMadeOf(text, own, 1, Number.POSITIVE_INFINITY))) return refuse('password.own_words')
  const easy = (word: string) => commonWords.has(word) || own.has(word)
  const isCommon = spellings.some(
    (text) => commonPasswords.has(text) || isRepeated(text) || isMadeOf(text, { has: easy }, 0, 2),
  )
  return isCommon ? refuse('password.too_common') : ok(null)
}

/** As typed and with look-alikes turned back into letters (`p@ssw0rd`), both in lower case. */
const spellingsOf = (password: string): string[] => {
  const typed = plainText(password).toLowerCase()
  return [typed, [...typed].map((sign) => leet[sign] ?? sign).join('')]
}

const ownWords = ({ email, fullName, merchantName = '' }: PasswordOwner): ReadonlySet<string> => {
  const words = [email, fullName, merchantName].flatMap((text) => {
    const parts = plainText(text)
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
    return [...parts, parts.join('')]
  })
  return new Set([ours, ...words.filter((word) => word.length >= shortestWord)])
}

const isRepeated = (text: string): boolean => /^(.{1,4}?)\1{2,}.{0,2}$/su.test(text)

/** Whether so many different words of these, keyboard rows and a few digits and signs are all there is. */
const isMadeOf = (text: string, words: { has(word: string): boolean }, fewest: number, most: number): boolean => {
  const found = new Set<string>()
  let letters = 0
  let signs = 0
  for (let at = 0; at < text.length; ) {
    const word = wordAt(text, at, words)
    if (word) found.add(word)
    else if (/\p{L}/u.test(text[at] ?? '') && rowLengthAt(text, at) === 0) letters += 1
    else if (rowLengthAt(text, at) === 0) signs += 1
    at += word?.length || rowLengthAt(text, at) || 1
  }
  return found.size >= fewest && found.size <= most && letters + Math.max(0, signs - cheapSigns) <= 2
}

const wordAt = (text: string, at: number, words: { has(word: string): boolean }): string | undefined => {
  for (let length = Math.min(longestWord, text.length - at); length >= shortestWord; length -= 1) {
    const word = text.slice(at, at + length)
    if (words.has(word)) return word
  }
  return undefined
}

/** How many characters from here follow a row or repeat one character; 0 below three. */
const rowLengthAt = (text: string, at: number): number => {
  let length = 1
  while (text[at + length] === text[at]) length += 1
  for (const row of rows) {
    let end = 1
    while (at + end < text.length && row.includes(text.slice(at, at + end + 1))) end += 1
    length = Math.max(length, end)
  }
  return length >= 3 ? length : 0
}
