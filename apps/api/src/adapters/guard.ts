import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'
import { Refused } from '@sendocki/domain/result'

/*
 * The guard on addresses that a merchant, or a third party in a merchant's name, gives us: https only, public addresses
 * only, no redirect, bounded in size and time. The address is judged inside the socket's own look-up, so a name that
 * resolves to one address for the check and to another for the connection has nothing to gain.
 */

const longest = 2_048
const ports = ['', '443', '8443']

const closedV4 = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closedV4.addSubnet(net, prefix, 'ipv4')

/** Only global unicast (2000::/3) is public at all; inside it these lead elsewhere: Teredo, documentation, 6to4. */
const openV6 = new BlockList()
openV6.addSubnet('2000::', 3, 'ipv6')
const closedV6 = new BlockList()
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closedV6.addSubnet(net, prefix, 'ipv6')

/** Whether anybody on the internet could reach this address, so that reaching it from here gives nobody an advantage. */
export const isPublicAddress = (address: string): boolean => {
  if (isIP(address) === 4) return !closedV4.check(address, 'ipv4')
  if (!isIPv6(address) || address.includes('%')) return false
  return openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6')
}

export interface GuardOptions {
  /** The sandbox's own origin, let through while the sandbox is on. */
  readonly sandboxUrl?: string | null
}

const notAllowed = (why: string): Refused => new Refused('url.not_allowed', { why })

/**
 * The address as a URL if it may be called at all, else `url.not_allowed`. To be asked when an address is saved; the
 * call asks again, because the name may lead elsewhere by then.
 */
export const guardedUrl = (text: string, { sandboxUrl = null }: GuardOptions = {}): URL => {
  if (text.length > longest) throw notAllowed('too_long')
  if (!URL.canParse(text)) throw notAllowed('unreadable')
  const url = new URL(text)
  if (sandboxUrl !== null && url.origin === new URL(sandboxUrl).origin && url.username === '') return url
  if (url.protocol !== 'https:') throw notAllowed('not_https')
  if (url.username !== '' || url.password !== '') throw notAllowed('has_credentials')
  if (!ports.includes(url.port)) throw notAllowed('port')
  assertPublicHost(url.hostname)
  return url
}

const assertPublicHost = (hostname: string): void => {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) {
    if (!isPublicAddress(host)) throw notAllowed('not_public')
    return
  }
  const labels = host.replace(/\.$/, '').split('.')
  const last = labels.at(-1) ?? ''
  if (labels.length < 2 || ['localhost', 'local', 'internal', 'lan', 'home', 'arpa'].includes(last))
    throw notAllowed('not_public')
}

export interface GuardedRequest extends GuardOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
  /** Bytes of the answer beyond which it is cut off. */
  readonly maxBytes?: number
  readonly timeoutMillis?: number
  /** How names become addresses; the system's resolver unless a test brings its own. */
  readonly resolve?: typeof systemLookup
}

export interface GuardedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** The other side answered with more, or more slowly, than we are ready to take; or not at all. */
export class GuardedCallFailed extends Error {
  readonly kind: 'timeout' | 'too_large' | 'redirect' | 'unreachable'
  constructor(kind: GuardedCallFailed['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/** Calls an address that is not ours. Throws `url.not_allowed`, or `GuardedCallFailed`; never follows a redirect. */
export const guardedFetch = async (text: string, request: GuardedRequest = {}): Promise<GuardedAnswer> => {
  const url = guardedUrl(text, request)
  const ours = url.protocol === 'http:'
  const { method = 'GET', headers = {}, body, timeoutMillis = 20_000, resolve = systemLookup } = request
  const options: RequestOptions = {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
    agent: false,
    signal: AbortSignal.timeout(timeoutMillis),
    ...(isSandbox(url, request) ? {} : { lookup: publicLookup(resolve) }),
  }
  return new Promise((done, fail) => {
    const failAs = (error: Error) => fail(failureOf(error))
    const outgoing = (ours ? httpRequest : httpsRequest)(url, options, (answer) => {
      const status = answer.statusCode ?? 0
      if (status >= 300 && status < 400)
        return outgoing.destroy(new GuardedCallFailed('redirect', 'The address leads elsewhere.'))
      readBounded(answer, request.maxBytes ?? 10_485_760)
        .then((bytes) => done({ status, headers: answer.headers, body: bytes }))
        .catch((error: Error) => {
          outgoing.destroy()
          failAs(error)
        })
    })
    outgoing.on('error', failAs)
    outgoing.end(body)
  })
}

const isSandbox = (url: URL, { sandboxUrl = null }: GuardOptions): boolean =>
  sandboxUrl !== null && url.origin === new URL(sandboxUrl).origin

const readBounded = async (answer: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer) {
    size += part.length
    if (size > maxBytes) throw new GuardedCallFailed('too_large', 'The answer is larger than is taken.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const failureOf = (error: Error): Error => {
  if (error instanceof Refused || error instanceof GuardedCallFailed) return error
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return new GuardedCallFailed('timeout', 'The address did not answer in time.')
  return new GuardedCallFailed('unreachable', error.message)
}

/** Resolves a name and refuses it unless every one of its addresses is public: the socket connects to what was judged. */
const publicLookup =
  (resolve: typeof systemLookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      const [first] = addresses
      if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
        return callback(notAllowed('not_public'), '')
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
    })
  }
