import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { State } from './world.ts'

/** Raised whenever the shape of the state changes; what was kept in another shape is left aside. */
const shape = 4

/** The state of an earlier run, or null when there is none that can be read. */
export const readKept = (file: string): State | null => {
  try {
    const kept = deserialize(readFileSync(file)) as { shape?: unknown; state?: State }
    return kept.shape === shape ? (kept.state ?? null) : null
  } catch {
    // No file yet, or one cut in half by a crash: a played world starts again from nothing.
    return null
  }
}

/** Written beside and renamed, so that a crash leaves the old file or the new one. */
export const writeKept = (file: string, state: State): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, serialize({ shape, state }), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
