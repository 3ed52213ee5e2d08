import { hash, verify } from '@node-rs/argon2'
import { Refused } from '@sendocki/domain/result'

export interface Passwords {
  hash(password: string): Promise<string>
  /** False for a wrong password, and for nobody (null): both take the same work, so that no duration tells them apart. */
  matches(stored: string | null, password: string): Promise<boolean>
  /** How much hashing was done and how much waits. */
  readonly work: () => { readonly done: number; readonly waiting: number }
}

/** argon2id (2 in the library's numbering) with 19 MiB, two passes, one lane. Source: reliability.md 11.4.2. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Hashing leaves half of the threads to everything else. */
const atOnce = 2
/** Beyond this many the wait would be longer than a person's patience. */
const waitingMax = 100
/** The hash of a forgotten random text, at the same cost: what an unknown account is compared with. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$Xs2wJcfeWPIzFvj9UsYl5A$d2IFs0dMPHV3dVjCrW9UYg7IPqof2xnw3COXzu8+IwM'

/** Hashing behind a short queue: a flood of sign-ins slows sign-ins, not the rest. */
export const createPasswords = (): Passwords => {
  const waiting: (() => void)[] = []
  let running = 0
  let done = 0
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= waitingMax) throw new Refused('server.unavailable')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      done += 1
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
  return {
    hash: (password) => inTurn(() => hash(password, cost)),
    matches: (stored, password) => inTurn(async () => (await verify(stored ?? nobody, password)) && stored !== null),
    work: () => ({ done, waiting: waiting.length }),
  }
}
