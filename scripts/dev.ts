import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** The same parts as `npm start`, each watching its sources: Vite with hot reload on 5173, the API on 3000, the sandbox on 4000. */
const parts: readonly [name: string, args: readonly string[], cwd: string][] = [
  ['sandbox', ['--watch-path=apps/sandbox/src', 'apps/sandbox/src/main.ts'], root],
  ['api', ['--watch-path=apps/api/src', '--watch-path=packages/domain/src', 'apps/api/src/main.ts'], root],
  ['web', ['node_modules/vite/bin/vite.js'], join(root, 'apps/web')],
]
const children: ChildProcess[] = parts.map(([, args, cwd]) => spawn(process.execPath, args, { cwd, stdio: 'inherit' }))
const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
