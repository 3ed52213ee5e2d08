import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below those that systems give to whoever asks for any port: one of those may be taken by an outgoing connection before
 * the server that was meant listens there, or while it starts again.
 */
const [lowest, beyond] = [20_000, 32_000] as const
const mostTries = 100

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** A port of this machine that was free an instant ago. Throws when a hundred in a row are taken. */
export const freePort = async (): Promise<number> => {
  for (let tried = 0; tried < mostTries; tried += 1) {
    const port = randomInt(lowest, beyond)
    if (await isFree(port)) return port
  }
  throw new Error(`No free port between ${lowest} and ${beyond}.`)
}
