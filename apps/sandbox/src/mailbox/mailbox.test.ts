import { createConnection } from 'node:net'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { type TestSandbox, testSandbox } from '../testing/client.ts'

/** Speaks SMTP line by line and gives the code of each answer; a closed door ends the list. */
const deliver = async ({ smtpPort }: TestSandbox, to: readonly string[], message: string): Promise<number[]> => {
  const socket = createConnection(smtpPort, '127.0.0.1')
  const said = [
    'EHLO test',
    'MAIL FROM:<shop@example.test>',
    ...to.map((one) => `RCPT TO:<${one}>`),
    'DATA',
    `${message.replaceAll('\n', '\r\n')}\r\n.`,
    'QUIT',
  ]
  const codes: number[] = []
  for await (const line of createInterface({ input: socket })) {
    if (line[3] === '-') continue
    codes.push(Number(line.slice(0, 3)))
    const next = said.shift()
    if (next) socket.write(`${next}\r\n`)
    else socket.end()
  }
  return codes
}

const message = `From: Sendocki <bonjour@sendocki.test>
To: Salma <salma@example.test>
Subject: =?utf-8?B?VmVuZXog4oCTINmF2LHYrdio2Kc=?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

Vm90cmUgY29kZSA6IDEyMzQ1NiDigJMg2LHZhdiy2YM=
--b
Content-Type: text/html; charset=utf-8

<p>Votre code : <b>123456</b></p><script>alert(1)</script>
--b--
`

describe('the mailbox', () => {
  it('receives by SMTP and shows the newest first, each recipient on its own', async () => {
    const sandbox = await testSandbox()
    const accepted = await deliver(sandbox, ['salma@example.test', 'Hamza@example.test'], message)
    expect(accepted).toEqual([220, 250, 250, 250, 250, 354, 250, 221])
    await deliver(sandbox, ['salma@example.test'], 'Subject: plain\n\nBonjour')
    const { items } = (await sandbox.call('GET', '/mailbox?to=SALMA@example.test')).body
    expect(items).toMatchObject([
      { to: 'salma@example.test', subject: 'plain', html: null },
      {
        to: 'salma@example.test',
        subject: 'Venez – مرحبا',
        text: expect.stringContaining('Votre code : 123456 – رمزك'),
        html: expect.stringContaining('<b>123456</b>'),
        receivedAt: expect.stringMatching(/Z$/),
      },
    ])
    expect((await sandbox.call('GET', '/mailbox')).body.items).toHaveLength(3)
    expect((await sandbox.call('GET', '/mailbox?to=hamza@example.test')).body.items).toHaveLength(1)
  })

  it('shows the HTML part in a document that may run nothing', async () => {
    const sandbox = await testSandbox()
    await deliver(sandbox, ['salma@example.test'], message)
    const [mail] = (await sandbox.call('GET', '/mailbox')).body.items
    const shown = await sandbox.call('GET', `/mailbox/${mail.id}/html`)
    expect(shown.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups .*default-src 'none'/)
    expect(shown.headers.get('content-security-policy')).not.toMatch(/script/)
    expect((await sandbox.call('GET', '/mailbox/none/html')).status).toBe(404)
  })

  it('can be emptied', async () => {
    const sandbox = await testSandbox()
    await deliver(sandbox, ['salma@example.test'], message)
    await sandbox.call('DELETE', '/mailbox')
    expect((await sandbox.call('GET', '/mailbox')).body.items).toEqual([])
  })

  it.each([
    ['outage', 421],
    ['http_429', 450],
    ['http_500', 451],
  ])('refuses for now under %s, and keeps nothing', async (kind, code) => {
    const sandbox = await testSandbox()
    await sandbox.control('faults', { provider: 'mailbox', kind, times: 1 })
    expect(await deliver(sandbox, ['a@b.test'], message)).toContain(code)
    expect((await sandbox.call('GET', '/mailbox')).body.items).toEqual([])
  })

  it('keeps a mail and says it did not', async () => {
    const sandbox = await testSandbox()
    await sandbox.control('faults', { provider: 'mailbox', kind: 'timeout_after_success', times: 1 })
    expect(await deliver(sandbox, ['a@b.test'], message)).toContain(421)
    expect((await sandbox.call('GET', '/mailbox')).body.items).toHaveLength(1)
  })
})
