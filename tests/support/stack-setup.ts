import { rm } from 'node:fs/promises'
import { readConfig } from '@sendocki/api/config'
import { migrate } from '@sendocki/api/db/migrate'
import { openOwner } from '@sendocki/api/owner'
import { secretsOf } from '@sendocki/api/secrets'
import type { TestProject } from 'vitest/node'
import { temporaryFolder } from './postgres.ts'

/** What a first start leaves in its folder of data, made once for the whole run: each stack begins on a copy. */
export const setup = async ({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> => {
  if (vitest.getProvidedContext().firstStart) return undefined
  const dataDir = await temporaryFolder('sendocki-first-start-')
  const config = readConfig({ DATA_DIR: dataDir })
  const owner = await openOwner(config)
  await migrate(owner.url, secretsOf(config.secretKey, config.secretKeyPrevious))
  await owner.stop()
  vitest.provide('firstStart', dataDir)
  return () => rm(dataDir, { recursive: true, force: true })
}
