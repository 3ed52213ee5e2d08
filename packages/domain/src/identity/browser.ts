/** What a person recognises of a browser: its name and the system it runs on, null where it did not say. */
export interface Browser {
  readonly browser: string | null
  readonly system: string | null
}

/** The more special sign first: Edge says Chrome too, Chrome says Safari too, Android says Linux too. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox/', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

const firstSaid = (signs: readonly (readonly [sign: string, name: string])[], text: string): string | null =>
  signs.find(([sign]) => text.includes(sign))?.[1] ?? null

/** Reads a User-Agent header. Versions are left out: a browser that updates itself is still the same browser. */
export const browserOf = (userAgent: string): Browser => ({
  browser: firstSaid(browsers, userAgent),
  system: firstSaid(systems, userAgent),
})
