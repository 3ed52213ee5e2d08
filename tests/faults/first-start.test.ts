import { expect, it } from 'vitest'
import { instantsOf, pause } from '../support/endurance.ts'
import { startStack } from '../support/stack.ts'

/** The kills of the fault matrix at night: KILL_ROUNDS=50. */
const rounds = Number(process.env.KILL_ROUNDS ?? 3)
const instants = instantsOf(rounds, 50, 4_000)

it(`reaches ready after its first start was killed at any instant (${instants.join(', ')} ms): while its database is made, started or migrated`, {
  timeout: 600_000,
}, async () => {
  for (const instant of instants) {
    const stack = await startStack({
      whileStarting: async (api) => {
        await pause(instant)
        api.kill('SIGKILL')
      },
    })
    try {
      expect((await fetch(`${stack.url}/health/ready`)).status).toBe(200)
    } finally {
      await stack.stop()
    }
  }
})
