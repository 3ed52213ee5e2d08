import { languages } from '@sendocki/domain/language'
import { expect, test } from 'vitest'
import { i18n, loadMessages, startI18n } from '../lib/i18n.ts'
import { catalogues } from './catalogues.ts'

type Tree = { readonly [key: string]: string | Tree }

const texts = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : texts(value, `${path}${key}.`),
  )
const all = await Promise.all(
  languages.flatMap((language) =>
    Object.entries(catalogues[language]).map(async ([noun, load]) => ({
      language,
      noun,
      texts: texts((await load()).messages),
    })),
  ),
)
const found = (where: (language: string) => boolean, wrong: (text: string) => boolean): string[] =>
  all
    .filter(({ language }) => where(language))
    .flatMap(({ language, noun, texts: own }) =>
      own.filter(([, text]) => wrong(text)).map(([key]) => `${language} ${noun}.${key}`),
    )

test('no message is empty, in any language', () => {
  expect(
    found(
      () => true,
      (text) => text.trim() === '',
    ),
  ).toEqual([])
})

test('no message shouts', () => {
  expect(
    found(
      () => true,
      (text) => /!(?!\w)/.test(text.replace('« ! »', '')),
    ),
  ).toEqual([])
})

test('digits are Western in Arabic too', () => {
  expect(
    found(
      (language) => language === 'ar',
      (text) => /[٠-٩۰-۹]/.test(text),
    ),
  ).toEqual([])
})

test("an order's number is never written without its sign and never apart from it, in any language", () => {
  expect(
    found(
      () => true,
      (text) => /#\s*(?:<\w+>)?\s*\{\{/.test(text),
    ),
  ).toEqual([])
})

test('in an Arabic sentence the sign and the digits of an order number stand between the same isolating marks', async () => {
  await startI18n()
  await i18n.changeLanguage('ar')
  await loadMessages('calls', 'duplicates')
  expect(i18n.t('calls:undone', { number: 10_003 })).toContain('\u2068#10003\u2069')
  expect(i18n.t('duplicates:done.kept', { kept: 10_003, gone: 10_004 })).toMatch(
    /\u2068#10003\u2069.*\u2068#10004\u2069/,
  )
})

const variables = (text: string): string[] => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => String(name))
const withoutForm = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '')

test('a translation never names a variable that the French text does not have', () => {
  const french = new Map<string, Set<string>>()
  for (const { noun, texts: own } of all.filter(({ language }) => language === 'fr'))
    for (const [key, text] of own) {
      const name = `${noun}.${withoutForm(key)}`
      french.set(name, new Set([...(french.get(name) ?? []), ...variables(text)]))
    }
  const strange = all.flatMap(({ language, noun, texts: own }) =>
    own.flatMap(([key, text]) =>
      variables(text)
        .filter((name) => !french.get(`${noun}.${withoutForm(key)}`)?.has(name))
        .map((name) => `${language} ${noun}.${key}: ${name}`),
    ),
  )
  expect(strange).toEqual([])
})
