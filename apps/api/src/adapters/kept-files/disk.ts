import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { KeptFiles } from './port.ts'

const isMissing = (error: unknown): boolean => (error as { code?: string } | null)?.code === 'ENOENT'

/** Files in a folder of this machine. */
export const keepOnDisk = (folder: string): KeptFiles => {
  const placeOf = (name: string): string => {
    if (!/^[a-z0-9-]+(?:\/[a-z0-9-]+)*\.[a-z]+$/.test(name)) throw new Error(`"${name}" is no name of a kept file.`)
    return join(folder, name)
  }
  return {
    begin: async (name) => {
      const place = placeOf(name)
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      // A name of its own: of two processes that write the same file, neither spoils the other's.
      const path = `${place}.${crypto.randomUUID()}.part`
      const handle = await open(path, 'w', 0o600)
      return {
        path,
        // Whole, however little the system takes at once.
        write: (chunk) => handle.appendFile(chunk),
        keep: async () => {
          await handle.sync()
          const { size } = await handle.stat()
          await handle.close()
          await rename(path, place)
          return size
        },
        drop: async () => {
          await handle.close()
          await rm(path, { force: true })
        },
      }
    },
    read: async (name) => {
      const place = placeOf(name)
      try {
        const { size } = await stat(place)
        return { stream: createReadStream(place), bytes: size }
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    pathOf: placeOf,
    remove: async (name) => {
      const place = placeOf(name)
      const found = await readdir(dirname(place)).catch((error: unknown) => {
        if (isMissing(error)) return []
        throw error
      })
      const mine = found.filter((file) => file === basename(place) || file.startsWith(`${basename(place)}.`))
      for (const file of mine) await rm(join(dirname(place), file), { force: true })
    },
  }
}
