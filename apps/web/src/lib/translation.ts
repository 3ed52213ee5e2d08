import type { Language } from '@sendocki/domain/language'

/** The plural categories of each language (CLDR). A message with a count has all of its own and no other. */
interface PluralCategories {
  fr: 'one' | 'many' | 'other'
  en: 'one' | 'other'
  ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
}
type AnyCategory = PluralCategories[Language]

/** `orders` when the source has `orders_other`: the name of a message with a count. */
type CountedIn<Source> = keyof Source extends infer Key ? (Key extends `${infer Name}_other` ? Name : never) : never
type IsForm<Key, Source> = Key extends `${infer Name}_${AnyCategory}`
  ? Name extends CountedIn<Source>
    ? true
    : false
  : false

/**
 * What a catalogue must hold in a language, given the French one: the same messages, and for each message with a count
 * the plural forms of that language. Used as `satisfies Translation<typeof fr, 'ar'>`; a missing form does not compile.
 */
export type Translation<Source, L extends Language> = {
  [Key in keyof Source as IsForm<Key, Source> extends true ? never : Key]: Source[Key] extends string
    ? string
    : Translation<Source[Key], L>
} & { [Key in `${CountedIn<Source>}_${PluralCategories[L]}`]: string }
