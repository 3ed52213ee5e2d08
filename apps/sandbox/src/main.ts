import { resolve } from 'node:path'
import { startSandbox } from './sandbox.ts'

const portOf = (name: string, fallback: number): number => {
  const text = process.env[name]
  const port = text === undefined || text === '' ? fallback : Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  console.error(`${name} must be a whole number from 0 to 65535, not "${text}".`)
  process.exit(1)
}

const { SANDBOX_HOST, DATA_DIR, APP_URL, APP_INTERNAL_URL } = process.env
/** Apps that the environment names are registered here as they would be with each platform. */
const apps = ['SHOPIFY', 'YOUCAN', 'LIGHTFUNNELS'].flatMap((platform) => {
  const [clientId, clientSecret] = [process.env[`${platform}_CLIENT_ID`], process.env[`${platform}_CLIENT_SECRET`]]
  return clientId && clientSecret ? [{ clientId, clientSecret }] : []
})
const port = portOf('SANDBOX_PORT', 4000)
const smtpPort = portOf('SANDBOX_SMTP_PORT', port === 0 ? 0 : port + 25)
const repository = resolve(import.meta.dirname, '../../..')

try {
  const sandbox = await startSandbox({
    port,
    smtpPort,
    host: SANDBOX_HOST || '127.0.0.1',
    // Other buyers each time the world begins anew: those of last time would look like duplicates.
    seed: Date.now() | 0,
    stateFile: resolve(repository, DATA_DIR || 'data', 'sandbox.state'),
    reach: APP_URL && APP_INTERNAL_URL ? { address: APP_URL, by: APP_INTERNAL_URL } : null,
    apps,
  })
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void sandbox.close().finally(() => process.exit(0))
  }
  // A lost parent counts as a signal: nothing stays behind that would hold the ports.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, stop)
  if (process.connected === false) stop()
  console.log(`sandbox   ${sandbox.url} · mail ${sandbox.smtpUrl}`)
  if (process.connected) process.send?.({ step: 'ready', url: sandbox.url, smtpUrl: sandbox.smtpUrl })
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(taken ? `The sandbox's port ${port} or ${smtpPort} is taken: set SANDBOX_PORT to another.` : error)
  process.exit(1)
}
