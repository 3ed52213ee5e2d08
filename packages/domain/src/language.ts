/** The languages of the interface and of our mail; French is the source. */
export const languages = ['fr', 'en', 'ar'] as const
export type Language = (typeof languages)[number]

/** The first of ours that a browser asks for (`Accept-Language`), French for a browser that asks for none of them. */
export const preferredLanguage = (header: string | undefined): Language => {
  const asked = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return asked.flatMap((code) => languages.find((language) => language === code) ?? [])[0] ?? 'fr'
}

/** What something is called in a language, or in the first one that has a word for it. */
export const wordIn = (words: Readonly<Record<Language, string>>, language: Language): string =>
  words[language] || words.fr || words.ar || words.en
