import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const app = 'http://localhost:5173'

/** The same parts as `npm start`, each watching its sources: Vite with hot reload on 5173, the API on 3000, the sandbox on 4000. */
const parts: readonly [name: string, args: readonly string[], cwd: string][] = [
  ['sandbox', ['--watch-path=apps/sandbox/src', 'apps/sandbox/src/main.ts'], root],
  ['api', ['--watch-path=apps/api/src', '--watch-path=packages/domain/src', 'apps/api/src/main.ts'], root],
  ['web', ['node_modules/vite/bin/vite.js', '--strictPort'], join(root, 'apps/web')],
]
let stopping = false
const children: ChildProcess[] = parts.map(([name, args, cwd]) => {
  // Links in mails, consent pages and cookies belong to the address that is open in the browser.
  const env = { ...process.env, APP_URL: process.env.APP_URL ?? app }
  const child = spawn(process.execPath, args, { cwd, stdio: 'inherit', env })
  child.once('exit', () => {
    if (!stopping) console.error(`${name} stopped, and all with it.`)
    stop()
  })
  return child
})
const stop = () => {
  stopping = true
  for (const child of children) child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
console.log(`The app is on ${app}; Ctrl-C stops everything.`)
