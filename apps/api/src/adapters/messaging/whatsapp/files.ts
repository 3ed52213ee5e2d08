import { Refused } from '@sendocki/domain/result'
import { type GuardedAnswer, GuardedCallFailed, guardedFetch } from '../../guard.ts'
import { MediaLost, MessagingRefused, MessagingUnavailable, type OutgoingFile } from '../port.ts'
import { failureOf } from './failures.ts'
import { fileMillis } from './http.ts'
import { asNumber, asText, type Fields } from './reading.ts'

/** Where Meta hands out files. The token goes nowhere else, whatever an answer names. */
const hosts = /^(?:[\w-]+\.)*(?:fbsbx\.com|fbcdn\.net|facebook\.com|whatsapp\.net)$/

const isMetas = (address: string, sandboxUrl: string | null): boolean => {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, origin } = new URL(address)
  if (sandboxUrl !== null && origin === new URL(sandboxUrl).origin) return true
  return protocol === 'https:' && hosts.test(hostname)
}

/** Codes with which Meta says that it has no such file any more. */
const gone = new Set([100, 131_052])

interface Asked {
  /** Asks the graph where the file is. */
  readonly ask: () => Promise<Fields>
  readonly token: string
  readonly sandboxUrl: string | null
  readonly most: number
}

/** A file in two steps: the graph names an address that lives for five minutes, and the bytes are there. */
export const fetchFile = async ({ ask, token, sandboxUrl, most }: Asked): Promise<Buffer> => {
  const found = await ask().catch((error: unknown) => {
    if (error instanceof MessagingRefused && gone.has(error.failure.code))
      throw new MediaLost('media.expired', error.message)
    throw error
  })
  if ((asNumber(found.file_size) ?? 0) > most)
    throw new MediaLost('media.too_large', 'The file is larger than is kept.')
  const address = asText(found.url)
  if (address === null) throw new MessagingUnavailable('Meta named no address of the file.')
  if (!isMetas(address, sandboxUrl)) throw new MediaLost('media.unavailable', 'The file is said to be elsewhere.')
  const { status, body } = await bytesAt(address, token, sandboxUrl, most)
  if (status === 404 || status === 410) throw new MediaLost('media.expired', `Meta answered ${status} for the file.`)
  if (status === 401 || status === 403)
    throw new MessagingRefused(failureOf(190), `Meta answered ${status} for the file.`)
  if (status !== 200) throw new MessagingUnavailable(`Meta answered ${status} for the file.`)
  return body
}

const bytesAt = (address: string, token: string, sandboxUrl: string | null, most: number): Promise<GuardedAnswer> =>
  guardedFetch(address, {
    sandboxUrl,
    // Without a name of the asker Meta answers with a page.
    headers: { authorization: `Bearer ${token}`, 'user-agent': 'Sendocki' },
    maxBytes: most,
    timeoutMillis: fileMillis,
  }).catch((error: unknown) => {
    if (error instanceof GuardedCallFailed && error.kind === 'too_large')
      throw new MediaLost('media.too_large', error.message)
    if (error instanceof GuardedCallFailed) throw new MessagingUnavailable(error.message)
    if (error instanceof Refused) throw new MediaLost('media.unavailable', error.message)
    throw error
  })

/** A file as Meta wants to be handed it. */
export const formOf = ({ bytes, type, fileName }: OutgoingFile): FormData => {
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', type)
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), fileName ?? 'file')
  return form
}
