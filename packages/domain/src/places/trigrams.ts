/** The three-letter pieces of a key; padded, so that the start of a name weighs more than its middle. */
const trigramsOf = (key: string): Set<string> => {
  const padded = `  ${key} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)))
}

export interface Likeness<T> {
  readonly value: T
  /** Shared pieces over all pieces (Dice): 1 for the same key, 0 for nothing in common. */
  readonly score: number
}

/** Finds the values whose keys look most like a given key, each value once with its best score. */
export const likenessIndex = <T>(entries: Iterable<readonly [key: string, value: T]>) => {
  const sizes: number[] = []
  const values: T[] = []
  const owners = new Map<string, number[]>()
  for (const [key, value] of entries) {
    const trigrams = trigramsOf(key)
    for (const trigram of trigrams) {
      const listed = owners.get(trigram)
      if (listed) listed.push(values.length)
      else owners.set(trigram, [values.length])
    }
    sizes.push(trigrams.size)
    values.push(value)
  }

  return (key: string, least: number): Likeness<T>[] => {
    const wanted = trigramsOf(key)
    const shared = new Map<number, number>()
    for (const trigram of wanted)
      for (const entry of owners.get(trigram) ?? []) shared.set(entry, (shared.get(entry) ?? 0) + 1)
    const best = new Map<T, number>()
    for (const [entry, count] of shared) {
      const score = (2 * count) / (wanted.size + (sizes[entry] ?? 0))
      const value = values[entry] as T
      if (score >= least && score > (best.get(value) ?? 0)) best.set(value, score)
    }
    return [...best].map(([value, score]) => ({ value, score })).sort((a, b) => b.score - a.score)
  }
}
