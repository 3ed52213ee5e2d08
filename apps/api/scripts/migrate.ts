import { BadSetting, readConfig } from '../src/config.ts'
import { migrate } from '../src/db/migrate.ts'
import { openOwner, runningOwnerUrl } from '../src/owner.ts'
import { secretsOf } from '../src/secrets.ts'

/** Brings the database up to the code and stops. The embedded one is used as it runs, or started for as long as it takes. */
try {
  const config = readConfig()
  const running = await runningOwnerUrl(config)
  const owner = running ? { url: running, stop: async () => undefined } : await openOwner(config)
  try {
    await migrate(owner.url, secretsOf(config.secretKey, config.secretKeyPrevious))
    console.log('The database is up to date.')
  } finally {
    await owner.stop()
  }
} catch (error) {
  console.error(error instanceof BadSetting ? error.message : error)
  process.exit(1)
}
