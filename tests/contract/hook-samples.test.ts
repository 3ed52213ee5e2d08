import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '@sendocki/api/db/free-port'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { sampleLanguages, sampleOf } from '../../apps/web/src/features/stores/samples.ts'
import { startApi } from '../support/app.ts'
import { genericStore } from '../support/shops.ts'

/** The code that the connection screen shows for landing pages, run as a merchant would run it. */
const api = await startApi()
const owner = api.as('owner')
let origin = ''
beforeAll(async () => {
  await api.app.listen({ port: 0, host: '127.0.0.1' })
  const address = api.app.server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
const orderIn = async (storeId: string) => {
  await api.runJobs()
  const [one] = (await owner.get(`/orders?storeId=${storeId}`)).body.items
  return one && (await owner.get(`/orders/${one.id}`)).body
}
/** The answer of a server that is just starting. */
const post = async (url: string, body: object): Promise<number> => {
  const deadline = Date.now() + 20_000
  for (;;) {
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) }).catch(() => null)
    if (answer) return answer.status
    if (Date.now() > deadline) throw new Error('The sample does not listen.')
    await new Promise((again) => setTimeout(again, 50))
  }
}

it('the server in Node takes the form, and its order arrives signed', async () => {
  const store = await genericStore(api, { name: 'Page' })
  const port = await freePort()
  const code = sampleOf('node', `${origin}/hooks/generic/${store.id}`, store.secret)
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { PORT: String(port) },
    stdio: 'ignore',
  })
  onTestFinished(() => void child.kill())
  const sent = { id: 'LP-7', name: 'سلمى', phone: '0612345678', city: 'طنجة', address: 'Hay Essalam', quantity: '2' }
  expect(await post(`http://127.0.0.1:${port}/commande`, sent)).toBe(200)
  expect(await post(`http://127.0.0.1:${port}/commande`, sent)).toBe(200)
  expect(await orderIn(store.id)).toMatchObject({
    sourceReference: 'LP-7',
    customer: { name: 'سلمى', phone: '+212612345678' },
    totalCentimes: 46_800,
    toComplete: [],
  })
  expect((await owner.get(`/orders?storeId=${store.id}`)).body.items).toHaveLength(1)
})

const hasTools = ['curl', 'openssl'].every((tool) => spawnSync(tool, ['--version']).status === 0)
it.runIf(hasTools)('the command in curl sends an order that arrives signed', async () => {
  const store = await genericStore(api, { name: 'Terminal' })
  const child = spawn('sh', ['-c', sampleOf('curl', `${origin}/hooks/generic/${store.id}`, store.secret)], {
    stdio: 'ignore',
  })
  await once(child, 'exit')
  expect(await orderIn(store.id)).toMatchObject({ sourceReference: 'LP-1001', totalCentimes: 24_900 })
})

it('the page itself never holds the secret, nor our address', () => {
  const html = sampleOf('html', 'https://app.example/hooks/generic/1', 'hush')
  expect(html).not.toMatch(/hush|app\.example/)
  for (const language of sampleLanguages.filter((name) => name !== 'html'))
    expect(sampleOf(language, 'https://app.example/hooks/generic/1', 'hush')).toMatch(/hush[\s\S]*|app\.example/)
})
