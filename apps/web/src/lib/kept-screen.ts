import type { Me } from './me.ts'
import { readKept, type Store, writeKept } from './outbox.ts'

/*
 * The one screen that opens again without network: whose it is, and what it showed last. It is read by nobody else, ends
 * with its day, and is forgotten with the session.
 */

export interface KeptScreen<Shown> {
  readonly path: string
  readonly me: Me
  readonly shown: Shown
  /** When it was read from the API, and when it is of no more use: milliseconds since the epoch. */
  readonly at: number
  readonly until: number
}

const name = 'sendocki.kept-screen'

/** Where storage is forbidden or full nothing is kept, and the screen needs its network. */
export const keepScreen = (screen: KeptScreen<unknown>, store?: Store): void => {
  writeKept(name, screen, store)
}

export const forgetScreen = (store?: Store): void => {
  writeKept(name, null, store)
}

/** What was kept; null when there is nothing, or nothing of use any more. */
export const keptScreen = <Shown>(now: number, store?: Store): KeptScreen<Shown> | null => {
  const kept = readKept<KeptScreen<Shown>>(name, store)
  if (kept !== null && kept.until > now) return kept
  forgetScreen(store)
  return null
}
