import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSandbox } from './sandbox.ts'
import { connectShop, testSandbox } from './testing/client.ts'
import { until } from './testing/receiver.ts'

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

describe('the sandbox', () => {
  it('listens on loopback alone', async () => {
    const { url, smtpUrl, smtpPort, port } = await testSandbox()
    expect(url).toBe(`http://127.0.0.1:${port}`)
    expect(smtpUrl).toBe(`smtp://127.0.0.1:${smtpPort}`)
  })

  it('says that a port is taken, and leaves nothing behind', async () => {
    const first = await testSandbox()
    await expect(startSandbox({ port: first.port })).rejects.toThrow('EADDRINUSE')
    const smtpTaken = startSandbox({ smtpPort: first.smtpPort })
    await expect(smtpTaken).rejects.toThrow('EADDRINUSE')
  })

  it('keeps its state between two starts', async () => {
    const stateFile = join(folder(), 'deep', 'sandbox.state')
    const one = await testSandbox({ stateFile })
    const { tokens, shop } = await connectShop(one)
    const { order } = (await one.control('shops/shopify/orders', {})).body
    await one.close()
    const two = await testSandbox({ stateFile })
    const query = { query: '{ orders(first: 1) { nodes { name } } }' }
    const headers = { 'x-shopify-access-token': tokens.access_token }
    const { body } = await two.call('POST', `/shopify/${shop}/admin/api/2026-10/graphql.json`, query, headers)
    expect(body.data.orders.nodes).toEqual([{ name: order.name }])
  })

  it('runs and says so when its state cannot be kept', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
    const file = join(folder(), 'file')
    writeFileSync(file, '')
    const sandbox = await testSandbox({ stateFile: join(file, 'sandbox.state') })
    await sandbox.close()
    expect((await warned).message).toMatch(/^The sandbox cannot keep its state: E/)
  })

  it('begins anew when what was kept cannot be read', async () => {
    const stateFile = join(folder(), 'sandbox.state')
    writeFileSync(stateFile, 'half a fi')
    const sandbox = await testSandbox({ stateFile })
    expect((await sandbox.state()).parcelCount).toBe(0)
  })

  it('stops at once, whoever is still connected', async () => {
    const sandbox = await startSandbox()
    await fetch(`${sandbox.url}/control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'sendit', kind: 'timeout' }),
    })
    const waiting = fetch(`${sandbox.url}/sendit/api/v1/login`, { method: 'POST' })
    const mailing = createConnection(sandbox.smtpPort, '127.0.0.1').resume()
    const calls = async () =>
      ((await (await fetch(`${sandbox.url}/control/state`)).json()) as { calls: unknown[] }).calls.length
    await until(async () => (await calls()) === 1)
    const closed = new Promise((resolve) => mailing.once('close', resolve))
    await Promise.all([sandbox.close(), expect(waiting).rejects.toThrow('fetch failed'), closed])
  })
})

// Given up by itself only after five seconds, so that a shorter limit shows who ended it.
it('ends a webhook that waits for its answer', { timeout: 4_000 }, async () => {
  const asked = Promise.withResolvers<void>()
  const hungUp = Promise.withResolvers<void>()
  const silent = createServer((request) => {
    request.socket.once('close', () => hungUp.resolve())
    asked.resolve()
  })
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const sandbox = await startSandbox()
  const order = fetch(`${sandbox.url}/control/shops/shopify/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webhookUrl: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` }),
  })
  order.catch(() => undefined)
  await asked.promise

  await Promise.all([sandbox.close(), hungUp.promise])
})

describe('the process', () => {
  const launch = (env: Record<string, string>) => {
    const child = fork(join(import.meta.dirname, 'main.ts'), { env: { ...process.env, ...env }, silent: true })
    onTestFinished(() => void child.kill('SIGKILL'))
    let written = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => void (written += String(chunk)))
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const ready = new Promise<{ step: string; url: string }>((resolve) =>
      child.once('message', (m) => resolve(m as never)),
    )
    return { child, ready, ended, written: () => written }
  }

  it.each(['SIGTERM', 'SIGINT'] as const)('is ready with one line and ends on %s', async (signal) => {
    const { child, ready, ended, written } = launch({ SANDBOX_PORT: '0', DATA_DIR: folder() })
    const { step, url } = await ready
    expect(step).toBe('ready')
    expect((await fetch(`${url}/mailbox`)).status).toBe(200)
    await until(() => written().includes('\n'))
    expect(written().trim().split('\n')).toHaveLength(1)
    child.kill(signal)
    expect(await ended).toBe(0)
  })

  it.each([
    [{ SANDBOX_PORT: 'four' }, 'SANDBOX_PORT must be a whole number from 0 to 65535, not "four".'],
    [{ SANDBOX_PORT: '0', SANDBOX_SMTP_PORT: '70000' }, 'SANDBOX_SMTP_PORT must be a whole number'],
  ])('does not start with %j', async (env, sentence) => {
    const { ended, written } = launch(env)
    expect(await ended).toBe(1)
    expect(written()).toContain(sentence)
  })
})
