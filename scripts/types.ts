import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const projects = ['packages/domain', 'packages/client', 'apps/api', 'apps/sandbox', 'apps/web', 'tests', '.']

const check = (project: string): Promise<{ project: string; code: number; output: string }> =>
  new Promise((resolve) => {
    let output = ''
    const child = spawn(
      process.execPath,
      ['node_modules/typescript/bin/tsc', '-p', join(project, 'tsconfig.json'), '--pretty', 'false'],
      { cwd: root },
    )
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    child.once('exit', (code) => resolve({ project, code: code ?? 1, output }))
  })

/** Every workspace's types, two at a time: each is a project of its own because browsers and servers know other globals. */
const waiting = [...projects]
const results = await Promise.all(
  [0, 1].map(async () => {
    const done = []
    for (let project = waiting.shift(); project; project = waiting.shift()) done.push(await check(project))
    return done
  }),
)
const failed = results.flat().filter(({ code }) => code !== 0)
for (const { output } of failed) console.log(output)
process.exit(failed.length > 0 ? 1 : 0)
