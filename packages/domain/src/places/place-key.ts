import { plainText } from '../digits.ts'

/*
 * One key for all spellings of a place name that differ only by habit. It is what names are compared by: two places
 * that share a key are homonyms, and a person is asked. Rules: integrations.md 5.5, and the usual Latin spellings of
 * Moroccan names, where no spelling is official (q or k, ou or w, ch or sh, beni or bni, digits for Arabic letters).
 */

const arabicLetters: readonly (readonly [RegExp, string])[] = [
  [/\u0640/g, ''], // tatweel
  [/\u0649|\u06cc/g, 'ي'],
  [/\u0629|\u06c1|\u06c0/g, 'ه'],
  [/[\u06af\u06ad\u0763\u06a9]/g, 'ك'], // the ways to write g, beside the keyboard's own kaf
  [/\u06a4/g, 'ف'],
  [/\u067e/g, 'ب'],
  [/ض/g, 'ظ'],
]

const latinLetters: readonly (readonly [RegExp, string])[] = [
  [/œ/g, 'oe'],
  [/ß/g, 'ss'],
  [/tch|ch|sh/g, 'x'],
  [/kh/g, 'ḳ'],
  [/gh/g, 'ġ'],
  [/ph/g, 'f'],
  [/dj/g, 'j'],
  [/ou|oo|w/g, 'u'],
  [/y/g, 'i'],
  [/gu(?=[ei])/g, 'g'],
  [/q/g, 'k'],
  [/c(?=[ei])/g, 's'],
  [/c/g, 'k'],
  [/([tdsz])h/g, '$1'],
  [/(.)\1+/g, '$1'],
  [/h$/, ''],
  [/(?<=..[^aeiu])e$/, ''],
]

/** Digits that stand for Arabic letters in Latin script; only in words that also have letters. */
const chatDigits: Readonly<Record<string, string>> = { 2: '', 3: 'a', 5: 'kh', 7: 'h', 9: 'q' }

/** Words with several common forms, after the letters above are unified. */
const sameWords: Readonly<Record<string, string>> = {
  beni: 'bni',
  bani: 'bni',
  uled: 'ulad',
  auled: 'ulad',
  aulad: 'ulad',
  ued: 'uad',
  uadi: 'uad',
  sid: 'sidi',
  mi: 'mulai',
  mli: 'mulai',
  ḳemis: 'ḳmis',
  jama: 'jema',
  jemat: 'jema',
  jamat: 'jema',
  أولاد: 'اولاد',
  ولاد: 'اولاد',
  واد: 'وادي',
  لاله: 'للا',
}

const articles = new Set(['el', 'al', 'l', 'le', 'la', 'les', 'de', 'du', 'des', 'd', 'ال'])

const withoutArticle = (word: string): string => {
  if (/^\p{Script=Arabic}/u.test(word)) return word.replace(/^ال(?=..)/, '')
  return word
    .replace(/^[ea]l(?=....)/, '')
    .replace(/^e([bcdfghjkmnpqrstvwxz])(?=\1...)/, '')
    .replace(/^l(?=[bcdfghjkmnpqrstvwxz]..)/, '')
}

const foldWord = (word: string): string => {
  if (/^\p{Nd}+$/u.test(word)) return word
  const arabic = /\p{Script=Arabic}/u.test(word)
  const letters = /[a-z]/.test(word) ? word.replace(/[23579]/g, (digit) => chatDigits[digit] ?? digit) : word
  const bare = withoutArticle(letters)
  const folded = (arabic ? arabicLetters : latinLetters).reduce((text, [from, to]) => text.replace(from, to), bare)
  return sameWords[folded] ?? folded
}

/** Words of a place name, folded. Articles are gone, unless the text is nothing else. */
export const placeWords = (text: string): string[] => {
  const words = plainText(text)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<!\p{L})[ld]['’`](?=\p{L})/gu, '')
    .replace(/['’`´ʿʾ]/g, '')
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((word) => word !== '')
  return words
    .filter((word, at) => !articles.has(word) && !isAssimilatedArticle(word, words[at + 1]))
    .map(foldWord)
    .filter((word) => word !== '')
}

/** `er` of `Er Rachidia`, `es` of `Es Smara`: the article takes the first letter of its word. */
const isAssimilatedArticle = (word: string, next: string | undefined): boolean =>
  next !== undefined && /^[ea][bcdfghjkmnpqrstvwxz]h?$/.test(word) && next.startsWith(word.slice(1))

/** The key of a whole name. Spaces do not count: `Aït Melloul`, `aitmelloul`. */
export const keyOf = (words: readonly string[]): string => words.join('')
export const placeKey = (text: string): string => keyOf(placeWords(text))
