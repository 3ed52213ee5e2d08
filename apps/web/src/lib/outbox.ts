/*
 * What was said while there was no network, kept in the browser until it is sent. The key of each makes sure that it is
 * counted once, however often it is sent.
 */

export interface Waiting {
  readonly key: string
}

export interface Outbox<W extends Waiting> {
  /** In the order of their making. */
  kept(): readonly W[]
  keep(one: W): void
  drop(key: string): void
}

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What is kept under a name; null when there is nothing, or something that cannot be read. */
export const readKept = <T>(name: string, store: Store = localStorage): T | null => {
  try {
    const text = store.getItem(name)
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

/** False where storage is forbidden or full. */
export const writeKept = (name: string, value: unknown, store: Store = localStorage): boolean => {
  try {
    if (value === null) store.removeItem(name)
    else store.setItem(name, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

/** What storage does not take is kept as long as the page is open. */
export const outboxIn = <W extends Waiting>(name: string, store?: Store): Outbox<W> => {
  let unstored: readonly W[] = []
  const stored = (): readonly W[] => readKept<W[]>(name, store) ?? []
  const without = (some: readonly W[], key: string): W[] => some.filter((one) => one.key !== key)
  const drop = (key: string): void => {
    unstored = without(unstored, key)
    const left = without(stored(), key)
    writeKept(name, left.length === 0 ? null : left, store)
  }
  return {
    kept: () => [...stored(), ...unstored],
    keep: (one) => {
      drop(one.key)
      if (!writeKept(name, [...stored(), one], store)) unstored = [...unstored, one]
    },
    drop,
  }
}
