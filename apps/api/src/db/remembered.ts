import type { Database } from './client.ts'

const rememberedMax = 50_000

/** What requests need to know of who is behind them, kept in memory as long as nobody changes it. */
export interface Remembered<State> {
  find(key: string): Promise<State | null>
  /** What is remembered already, without asking. */
  peek(key: string): State | undefined
  /** Forgets whatever depends on this session, key, user, member or role. */
  drop(id: string): void
  /** While notices do not arrive nothing is remembered: a change must be felt at the next request. */
  trust(listening: boolean): void
}

/**
 * A change drops what depends on it in its own process before it is answered, and in the others by the NOTIFY of its
 * transaction.
 */
export const remember = <State>(
  database: Database,
  load: (key: string) => Promise<State | null>,
  dependsOn: (state: State) => readonly (string | null)[],
): Remembered<State> => {
  const known = new Map<string, State>()
  let trusted = false
  /** Counts drops: what was read before one must not be remembered after it. */
  let drops = 0
  const loadAndKeep = async (key: string): Promise<State | null> => {
    const before = drops
    const state = await load(key)
    if (!state || !trusted || drops !== before) return state
    if (known.size >= rememberedMax) known.clear()
    known.set(key, state)
    return state
  }
  const drop = (id: string): void => {
    drops += 1
    for (const [key, state] of known) if (dependsOn(state).includes(id)) known.delete(key)
  }
  database.onDropped(drop)
  return {
    find: async (key) => known.get(key) ?? (await loadAndKeep(key)),
    peek: (key) => known.get(key),
    drop,
    trust: (listening) => {
      trusted = listening
      drops += 1
      known.clear()
    },
  }
}
