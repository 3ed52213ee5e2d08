import { BadSetting, readConfig } from '../src/config.ts'
import { migrate } from '../src/db/migrate.ts'
import { openOwner } from '../src/owner.ts'
import { secretsOf } from '../src/secrets.ts'

/** Brings the database up to the code and stops; the embedded one is started for as long as it takes. */
try {
  const config = readConfig()
  const owner = await openOwner(config)
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
