import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { parse } from 'yaml'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createOfflineDeps } from '../src/deps.ts'
import { contractYaml } from '../src/http/contract.ts'

const root = join(import.meta.dirname, '../../..')
const contractFile = join(root, 'openapi.yaml')
const clientFile = join(root, 'packages/client/src/schema.gen.ts')

/** Writes the contract and the client's types from the routes; with `--check` it only says whether they are current. */
const deps = createOfflineDeps(
  readConfig({
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    SECRET_KEY: 'the-contract-needs-no-secret-at-all-0000',
    SMTP_URL: 'smtp://127.0.0.1:1',
    SANDBOX: 'off',
    LOG_LEVEL: 'silent',
  }),
)
const app = await buildApp(deps)
await app.ready()
const yaml = contractYaml(app)
const types = `// Generated from openapi.yaml; change the routes instead.\n${astToString(await openapiTypescript(parse(yaml)))}`
await app.close()

const stale = [
  [contractFile, yaml],
  [clientFile, types],
].filter(([file, text]) => read(file as string) !== text)

if (process.argv.includes('--check')) {
  for (const [file] of stale)
    console.log(`${file} differs from the routes: run pnpm contract and review the difference.`)
  process.exit(stale.length > 0 ? 1 : 0)
}
for (const [file, text] of stale) writeFileSync(file as string, text as string)
console.log(stale.length > 0 ? `Written: ${stale.map(([file]) => file).join(', ')}` : 'The contract is current.')
process.exit(0)

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
