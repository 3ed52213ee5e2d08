import { readConfig } from '@sendocki/api/config'
import { createDeps } from '@sendocki/api/deps'
import { runningOwnerUrl } from '@sendocki/api/owner'
import { makeDemo } from '../../apps/api/scripts/demo/demo.ts'
import type { Stack } from './stack.ts'

/** The demo merchant beside a running product, small enough to be waited for: every kind of row, a few of each. */
export const makeSmallDemo = async ({ env }: Stack): Promise<void> => {
  const config = readConfig(env)
  const ownerUrl = await runningOwnerUrl(config)
  if (!ownerUrl) throw new Error('The database of the stack does not run.')
  const deps = await createDeps({ config, ownerUrl })
  try {
    await makeDemo(deps, { orders: 160, days: 20 })
  } finally {
    await deps.close()
  }
}
