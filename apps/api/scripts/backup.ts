import { constants, setPriority } from 'node:os'
import { resolve } from 'node:path'
import { BadSetting, readConfig, readPassphrase } from '../src/config.ts'
import { writeBackup } from '../src/db/backup/backup-file.ts'
import { takeBackup } from '../src/db/backup/take.ts'
import { openOwner, runningOwnerUrl } from '../src/owner.ts'

/**
 * Writes the whole database and the secret key into one file, beside a running Sendocki or without one. Whoever works
 * meanwhile comes first: the priority is lowered before there are threads for compressing, which take it over.
 */
setPriority(constants.priority.PRIORITY_LOW)

try {
  const [given] = process.argv.slice(2)
  if (!given) throw new BadSetting('Name the file: pnpm backup sendocki-monday.backup')
  const file = resolve(given)
  const passphrase = readPassphrase()
  const config = readConfig()
  const running = await runningOwnerUrl(config)
  const owner = running ? { url: running, stop: async () => undefined } : await openOwner(config)
  try {
    const { version, secretKey, secretKeyPrevious } = config
    const size = await writeBackup(file, passphrase, takeBackup(owner.url, { version, secretKey, secretKeyPrevious }))
    console.log(`${file}: ${(size / 1_000_000).toFixed(1)} MB, the whole database and the secret key.`)
    console.log(
      passphrase === null
        ? 'The file is not encrypted: whoever reads it reads everything, passwords of shops and carriers too. Set BACKUP_PASSPHRASE to encrypt it.'
        : 'The file is encrypted: without BACKUP_PASSPHRASE nobody can restore it, we neither.',
    )
  } finally {
    await owner.stop()
  }
} catch (error) {
  console.error(error instanceof BadSetting ? error.message : error)
  process.exit(1)
}
