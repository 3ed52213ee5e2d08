import type { AddressInfo } from 'node:net'
import { createWorld } from '@sendocki/sandbox/beginning'
import type { Mail } from '@sendocki/sandbox/mailbox/mail'
import { createSmtp } from '@sendocki/sandbox/mailbox/smtp'
import type { World } from '@sendocki/sandbox/world'
import { afterAll } from 'vitest'

export { addFault } from '@sendocki/sandbox/faults'

export interface Mailbox {
  /** For `SMTP_URL`. */
  readonly url: string
  /** What arrived for an address, newest first. */
  to(address: string): Mail[]
  readonly faults: World['faults']
}

/** The sandbox's mail server on a port of its own: mail travels by SMTP as it does outside. Closed after the file's tests. */
export const startMailbox = async (): Promise<Mailbox> => {
  const world = createWorld({})
  const server = createSmtp(world)
  // The library throws away what a lost connection says unless somebody listens.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)))
  return {
    url: `smtp://127.0.0.1:${port}`,
    to: (address) => world.state.mails.filter((mail) => mail.to === address).toReversed(),
    faults: world.faults,
  }
}
