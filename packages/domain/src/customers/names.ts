import { plainText } from '../digits.ts'

/*
 * Names as people search for them: in either script, with or without accents and short vowels, in any order of the
 * words. A name's terms are what is stored; a query's terms are what is asked.
 */

/** Arabic letters that people write for one another. */
const arabicVariants: readonly (readonly [RegExp, string])[] = [
  [/[\u0622\u0623\u0625\u0671]/g, '\u0627'], // alif with and without hamza
  [/\u0649/g, '\u064a'], // alif maqsura and ya
  [/\u0629/g, '\u0647'], // ta marbuta and ha
  [/\u0624/g, '\u0648'], // waw with hamza
  [/\u0626/g, '\u064a'], // ya with hamza
  [/[\u06a9\u06aa]/g, '\u0643'], // Persian kaf
  [/[\u06af\u06ad]/g, '\u063a'], // the Moroccan g, which keyboards lack
]

/** Letters and digits in lower case, without accents, Arabic vowel signs or tatweel; words apart by one space. */
export const foldText = (text: string): string => {
  const plain = plainText(text)
    .toLowerCase()
    .normalize('NFD')
    // Combining marks of both scripts; the hamza signs stay with their letters until the table below.
    .replace(/[\u0300-\u036f\u064b-\u0652\u0670\u0640]/g, '')
    .normalize('NFC')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
  const folded = arabicVariants.reduce((word, [variant, letter]) => word.replace(variant, letter), plain)
  return folded.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

/** The sounds that both scripts write, one sign each; vowels are left out because Arabic leaves them out. */
const arabicSounds: Readonly<Record<string, string>> = {
  ب: 'b',
  ت: 't',
  ث: 't',
  ج: 'j',
  ح: 'h',
  خ: 'K',
  د: 'd',
  ذ: 'd',
  ر: 'r',
  ز: 'z',
  س: 's',
  ش: 'S',
  ص: 's',
  ض: 'd',
  ط: 't',
  ظ: 'd',
  ع: '',
  غ: 'g',
  ف: 'f',
  ق: 'k',
  ك: 'k',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ه: 'h',
  و: '',
  ي: '',
  ا: '',
  ء: '',
}
const latinSounds: readonly (readonly [RegExp, string])[] = [
  [/ch|sh/g, 'S'],
  [/kh|5/g, 'K'],
  [/gh/g, 'g'],
  [/th/g, 't'],
  [/dh/g, 'd'],
  [/ph/g, 'f'],
  [/ou|[aeiouyw3]/g, ''],
  [/7/g, 'h'],
  [/[cq9]/g, 'k'],
  [/v/g, 'f'],
  [/p/g, 'b'],
]

/** What a word sounds like without its vowels, the same for محمد and Mohamed; null when too little is left to tell. */
export const soundOf = (word: string): string | null => {
  const isArabic = /\p{Script=Arabic}/u.test(word)
  const sounds = isArabic
    ? [...word].map((letter) => arabicSounds[letter] ?? '').join('')
    : latinSounds.reduce((rest, [letters, sound]) => rest.replace(letters, sound), word)
  // Doubled letters are written once in Arabic; a final h (Fatiha, فاطمة) is often not written at all.
  const squeezed = sounds.replace(/(.)\1+/g, '$1').replace(/h$/, '')
  return squeezed.length >= 3 ? squeezed : null
}

const mostWords = 6
const longestTerm = 60

const wordsOf = (text: string): string[] => [...new Set(foldText(text).split(' '))].filter(Boolean).slice(0, mostWords)

/** Marks a term as a sound, so that no spelling begins like one. */
const soundTerm = (sound: string) => `~${sound}`

/**
 * The terms under which a name is kept: each word, each pair of words in either order (so that two words typed in any
 * order are one look-up), and what each word sounds like.
 */
export const nameTerms = (name: string): string[] => {
  const words = wordsOf(name)
  const pairs = words.flatMap((first) => words.filter((word) => word !== first).map((second) => `${first} ${second}`))
  const sounds = words.flatMap((word) => soundOf(word) ?? []).map(soundTerm)
  return [...new Set([...words, ...pairs, ...sounds])].map((term) => term.slice(0, longestTerm))
}

export interface NameQuery {
  /** Terms that begin with this: the word that is still being typed comes last in it. */
  readonly prefix: string
  /** Other words, one of whose terms must begin with each. */
  readonly rest: readonly string[]
  /** The term of what the one word typed sounds like, whatever the script; null for several words. */
  readonly sound: string | null
}

/** What to look up for a typed name, or null when it says too little (one letter, no letter at all). */
export const nameQuery = (text: string): NameQuery | null => {
  const words = wordsOf(text)
  const last = words.at(-1)
  if (last === undefined || !/\p{L}/u.test(words.join('')) || words.join('').length < 2) return null
  if (words.length === 1) {
    const sound = soundOf(last)
    return { prefix: last.slice(0, longestTerm), rest: [], sound: sound === null ? null : soundTerm(sound) }
  }
  // The longest of the words before narrows best: articles and `ben` narrow nothing.
  const others = words.slice(0, -1)
  const longest = others.reduce((best, word) => (word.length > best.length ? word : best))
  return {
    prefix: `${longest} ${last}`.slice(0, longestTerm),
    rest: others.filter((word) => word !== longest),
    sound: null,
  }
}
