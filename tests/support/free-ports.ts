import { freePort } from '@sendocki/api/db/free-port'

/** For servers whose address must be known before they stand; others listen on port 0. All different. */
export const freePorts = async (count: number): Promise<number[]> => {
  const found = new Set<number>()
  while (found.size < count) found.add(await freePort())
  return [...found]
}
