import type { lookup } from 'node:dns'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Refused } from '@sendocki/domain/result'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { guardedFetch, guardedUrl, isPublicAddress } from './guard.ts'

let hits = 0
let port = 0
let server: Server
beforeAll(async () => {
  server = createServer((req, res) => {
    hits += 1
    if (req.url === '/redirect') return res.writeHead(302, { location: '/elsewhere' }).end()
    if (req.url === '/drip') return void res.writeHead(200).write('slow')
    if (req.url === '/large') return res.end(Buffer.alloc(100_000))
    return res.end('here')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  hits = 0
})

/** A resolver that answers what the name says: the attacker's own DNS server. */
const attackers = (answers: readonly string[]) => {
  let turn = 0
  return ((
    _name: string,
    _options: object,
    done: (error: null, addresses: { address: string; family: number }[]) => void,
  ) => {
    const address = answers[Math.min(turn, answers.length - 1)] as string
    turn += 1
    done(
      null,
      address.split(' ').map((one) => ({ address: one, family: one.includes(':') ? 6 : 4 })),
    )
  }) as unknown as typeof lookup
}

const listed = (p: number): readonly string[] => [
  `http://127.0.0.1:${p}/`,
  `https://127.0.0.1:${p}/`,
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://0/',
  'https://0.0.0.0/',
  'https://[::]/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:53aa:64c::1]/',
  'https://[fe80::1]/',
  'https://[fc00::1]/',
  'https://[fd12:3456::1]/',
  'https://[ff02::1]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::ffff:169.254.169.254]/',
  'https://10.0.0.1/',
  'https://172.16.3.4/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://localhost/',
  `https://localhost:${p}/`,
  'https://LOCALHOST./',
  'https://shop.localhost/',
  'https://printer.local/',
  'https://metadata.google.internal/',
  'https://intranet/',
  'https://example.com:5432/',
  'https://example.com:22/',
  'https://user:secret@example.com/',
  'https://127。0。0。1/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'javascript:alert(1)',
  'data:text/plain,hello',
  '//example.com/',
  'not an address',
  '',
  `https://example.com/${'a'.repeat(2_048)}`,
]

describe('the guard on addresses given by others', () => {
  it('lets none of fifty hostile addresses reach a listener on loopback', async () => {
    for (const url of listed(port))
      await expect(guardedFetch(url, { timeoutMillis: 2_000 }), url).rejects.toBeInstanceOf(Refused)
    expect(hits).toBe(0)
  })

  it('judges the address inside the look-up of the connection, every one of the answer', async () => {
    const names = ['127.0.0.1', '::1', '169.254.169.254', '10.1.2.3', '93.184.216.34 127.0.0.1', '::ffff:127.0.0.1']
    for (const answer of names)
      await expect(
        guardedFetch('https://hook.example.com/', { resolve: attackers([answer]) }),
        answer,
      ).rejects.toMatchObject({
        refusal: { code: 'url.not_allowed' },
      })
    // A name that is public when it is saved and loopback when it is called.
    const rebinding = attackers(['127.0.0.1'])
    expect(guardedUrl('https://rebinding.example.com:8443/').hostname).toBe('rebinding.example.com')
    await expect(guardedFetch('https://rebinding.example.com:8443/', { resolve: rebinding })).rejects.toBeInstanceOf(
      Refused,
    )
    expect(hits).toBe(0)
  })

  it("lets the sandbox's own origin through while it is on, and no other port beside it", async () => {
    const sandboxUrl = `http://127.0.0.1:${port}`
    const answer = await guardedFetch(`${sandboxUrl}/label`, { sandboxUrl })
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('here') })
    await expect(guardedFetch(`http://127.0.0.1:${port + 1}/`, { sandboxUrl })).rejects.toBeInstanceOf(Refused)
    await expect(guardedFetch(`${sandboxUrl}/label`, { sandboxUrl: null })).rejects.toBeInstanceOf(Refused)
  })

  it('follows no redirect, waits no longer and reads no more than it was told', async () => {
    const sandboxUrl = `http://127.0.0.1:${port}`
    await expect(guardedFetch(`${sandboxUrl}/redirect`, { sandboxUrl })).rejects.toMatchObject({ kind: 'redirect' })
    await expect(guardedFetch(`${sandboxUrl}/drip`, { sandboxUrl, timeoutMillis: 300 })).rejects.toMatchObject({
      kind: 'timeout',
    })
    await expect(guardedFetch(`${sandboxUrl}/large`, { sandboxUrl, maxBytes: 65_536 })).rejects.toMatchObject({
      kind: 'too_large',
    })
    expect(hits).toBe(3)
  })

  it('says why an address is refused, without what it would have led to', () => {
    const why = (url: string) => {
      try {
        guardedUrl(url)
      } catch (error) {
        return (error as Refused).refusal.params?.why
      }
      return undefined
    }
    expect(why('http://example.com/')).toBe('not_https')
    expect(why('https://10.0.0.1/')).toBe('not_public')
    expect(why('https://example.com:5432/')).toBe('port')
    expect(why('https://a:b@example.com/')).toBe('has_credentials')
    expect(why('https://example.com/hook')).toBeUndefined()
  })

  it('knows public addresses from the others', () => {
    for (const open of ['93.184.216.34', '8.8.8.8', '2606:2800:220:1::1', '2a00:1450:4007::1'])
      expect(isPublicAddress(open), open).toBe(true)
    for (const shut of ['127.0.0.1', '::ffff:8.8.8.8', '192.0.2.1', '2001:db8::1', 'fe80::1%eth0', 'nothing'])
      expect(isPublicAddress(shut), shut).toBe(false)
  })
})
