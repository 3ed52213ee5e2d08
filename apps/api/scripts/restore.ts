import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BadSetting, type Config, keptKeyFile, ownFolder, readConfig, readPassphrase } from '../src/config.ts'
import { openBackup } from '../src/db/backup/backup-file.ts'
import type { BackupHead } from '../src/db/backup/frames.ts'
import { assertKnownVersion, headOf, restoreBackup } from '../src/db/backup/restore.ts'
import { openOwner, runningOwnerUrl } from '../src/owner.ts'
import { secretsOf } from '../src/secrets.ts'

/** Puts a backup into an empty database, or with --replace in the place of what is there. Sendocki must not be running. */
const restore = async (): Promise<void> => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { replace: { type: 'boolean' } } })
  const [given] = positionals
  if (!given) throw new BadSetting('Name the file: pnpm restore sendocki-monday.backup')
  // Looked through from end to end before anything is touched.
  const file = await openBackup(resolve(given), readPassphrase())
  const head = await headOf(file)
  assertKnownVersion(head)
  const config = readConfig(undefined, head.secretKey)
  refuseOtherKeys(config, head)
  if (!config.databaseUrl && (await runningOwnerUrl(config)))
    throw new BadSetting('Sendocki is running on this database: stop it before restoring.')
  const owner = await openOwner(config)
  try {
    const secrets = secretsOf(config.secretKey, config.secretKeyPrevious)
    const { tables, rows } = await restoreBackup(owner.url, file, { secrets, replace: values.replace ?? false })
    console.log(`Restored as of ${head.takenAt}: ${rows} rows in ${tables} tables.`)
    sayKeys(config, head)
  } finally {
    await owner.stop()
  }
}

/** Under another key the sealed values of the backup would stay closed. */
const refuseOtherKeys = ({ secretKey, databaseUrl, dataDir }: Config, head: BackupHead): void => {
  if (secretKey === head.secretKey) return
  throw new BadSetting(
    databaseUrl
      ? 'SECRET_KEY is not the key of the backup. Leave it unset: the key comes with the backup, and is kept for you.'
      : `${dataDir} has a secret key of its own: set DATA_DIR to a new folder, and leave SECRET_KEY unset.`,
  )
}

/** What the next start needs to know. Keys are told by the file that keeps them, never on the screen. */
const sayKeys = ({ databaseUrl, dataDir, secretKeyPrevious }: Config, head: BackupHead): void => {
  if (databaseUrl) console.log(`SECRET_KEY is the text in ${keptKeyFile(dataDir)}, unless it is set already.`)
  if (head.secretKeyPrevious === null || secretKeyPrevious === head.secretKeyPrevious) return
  ownFolder(dataDir)
  const kept = `${keptKeyFile(dataDir)}-previous`
  writeFileSync(kept, `${head.secretKeyPrevious}\n`, { mode: 0o600 })
  console.log(`A rotation of the key was under way: set SECRET_KEY_PREVIOUS to the text in ${kept}.`)
}

restore().catch((error: unknown) => {
  console.error(error instanceof BadSetting ? error.message : error)
  process.exit(1)
})
