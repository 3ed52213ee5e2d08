type Words = { readonly [key: string]: string | Words }

/** U+00A0 before `: ; ? ! »` and after `«`: a French line must not begin with a sign that ends a word. */
const spaced = (text: string): string => text.replace(/ ([:;?!»])/g, '\u00A0$1').replaceAll('« ', '«\u00A0')

/** A French catalogue as it is shown. Nobody has to type, or can see, a no-break space in the sources. */
export const withFrenchSpaces = (words: Words): Words =>
  Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? spaced(value) : withFrenchSpaces(value),
    ]),
  )
