import { parseArgs } from 'node:util'
import { BadSetting, readConfig } from '../src/config.ts'
import { createDeps } from '../src/deps.ts'
import { runningOwnerUrl } from '../src/owner.ts'
import { keepArriving } from './demo/arrivals.ts'
import { makeDemo } from './demo/demo.ts'

/** How big the demo is; `--orders` and `--days` make a smaller one. */
const askedSize = (): { orders: number; days: number } => {
  const { values } = parseArgs({ options: { orders: { type: 'string' }, days: { type: 'string' } } })
  const size = { orders: Number(values.orders ?? 1_200), days: Number(values.days ?? 90) }
  if (!Object.values(size).every((number) => Number.isInteger(number) && number > 0))
    throw new BadSetting('--orders and --days take a whole number above zero.')
  return size
}

/** Makes the demo merchant beside a running Sendocki, once; a later run says that it is there. New orders keep arriving. */
const seed = async (): Promise<void> => {
  const size = askedSize()
  const config = readConfig()
  if (!config.sandbox) throw new BadSetting('The demo plays with the sandbox: set SANDBOX=on.')
  const ownerUrl = await runningOwnerUrl(config)
  if (!ownerUrl || !(await answers(config.sandbox.url)))
    throw new BadSetting('The demo is made beside a running Sendocki: run npm start first.')
  const deps = await createDeps({ config, ownerUrl })
  const began = performance.now()
  try {
    const demo = await makeDemo(deps, size)
    await keepArriving(deps.world, config.sandbox.url)
    if (!demo) return console.log('The demo is there.')
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(`The demo is there: ${demo.orders} orders of ${size.days} days, made in ${seconds} s.`)
  } finally {
    await deps.close()
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

seed().catch((error: unknown) => {
  console.error(error instanceof BadSetting ? error.message : error)
  process.exit(1)
})
