// Installs what the lock file names, with the one package manager of the repository. Runs on the system's Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules', '.installed')
const manifests = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'tests/package.json']
for (const folder of ['apps/api', 'apps/web', 'apps/sandbox', 'packages/domain', 'packages/client'])
  manifests.push(`${folder}/package.json`)

const hash = createHash('sha256')
for (const file of manifests) hash.update(readFileSync(join(root, file)))
const wanted = hash.digest('hex')
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
const whole = existsSync(join(root, 'node_modules', '.bin', 'node'))

if (installed === wanted && whole) process.exit(0)

console.log('install   the packages (about a minute the first time)')
const { status } = spawnSync(
  'npx',
  ['--yes', 'pnpm@12.21.0', 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, CI: 'true' },
  },
)
if (status !== 0) {
  console.error('The packages could not be installed. Check the network and the free disk space, then start again.')
  process.exit(status ?? 1)
}
writeFileSync(stamp, wanted)
