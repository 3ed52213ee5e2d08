import { readRow } from '@sendocki/domain/columns'
import { importWords } from '@sendocki/domain/imports/import'
import type { Import, ImportMappingInput } from '@sendocki/domain/imports/import-schema'
import { meaningOf, type SaidWords, statusKey, suggestedState } from '@sendocki/domain/imports/status-words'
import type { MerchantTx } from '../../context.ts'
import type { ImportedWords } from '../../db/schema/imports.ts'
import type { StoredImport } from './imports.queries.ts'
import { rememberWords } from './words.queries.ts'

/** The words for what became of orders that these rows use, added to those that were met before. */
export const wordsWith = (
  of: Pick<StoredImport, 'kind' | 'mapping' | 'words'>,
  rows: readonly { readonly cells: readonly string[] }[],
): ImportedWords => {
  if (of.kind !== 'orders') return of.words
  const words: Record<string, { word: string; count: number }> = { ...of.words }
  for (const { cells } of rows) {
    const { status = '' } = readRow(cells, of.mapping)
    const key = statusKey(status)
    const met = words[key]
    if (met || Object.keys(words).length < importWords)
      words[key] = { word: met?.word ?? status.slice(0, 120), count: (met?.count ?? 0) + 1 }
  }
  return words
}

/** The words of a list with what they mean, the most frequent first; of one that was not tried, those of its beginning. */
export const wordsOf = (of: StoredImport, said: SaidWords): Import['words'] => {
  const met =
    Object.keys(of.words).length > 0
      ? of.words
      : wordsWith(
          of,
          of.sample.slice(of.mapping.hasHeader ? 1 : 0).map((cells) => ({ cells })),
        )
  return Object.values(met)
    .map(({ word, count }) => ({ word, count, state: meaningOf(word, said), suggestion: suggestedState(word) }))
    .sort((one, other) => other.count - one.count)
}

/** Keeps what somebody said of words. What only repeats the proposal is kept as well: it was looked at. */
export const sayWords = (
  tx: MerchantTx,
  words: NonNullable<ImportMappingInput['words']>,
  now: string,
): Promise<void> => {
  const said = new Map(words.map(({ word, state }) => [statusKey(word), state]))
  return rememberWords(
    tx,
    [...said].map(([key, state]) => ({ key, state })),
    now,
  )
}
