/** A seeded generator (mulberry32), so that the same seed plays the same buyers; plain data, so that it can be kept. */
export interface Chance {
  seed: number
}

/** A number from 0 (included) to 1 (excluded). */
export const draw = (chance: Chance): number => {
  chance.seed = (chance.seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(chance.seed ^ (chance.seed >>> 15), 1 | chance.seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

export const happens = (chance: Chance, probability: number): boolean => draw(chance) < probability

/** A whole number between two, both included. */
export const between = (chance: Chance, least: number, most: number): number =>
  least + Math.floor(draw(chance) * (most - least + 1))

/** One of a list that is not empty. */
export const pick = <T>(chance: Chance, list: readonly T[]): T => list[between(chance, 0, list.length - 1)] as T
