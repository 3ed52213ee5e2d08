import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeb } from './build-web.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const run = (command: string, args: readonly string[], show = false): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, { cwd: root, env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' } })
    const take = (chunk: Buffer) => {
      output += String(chunk)
      if (show) process.stdout.write(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', (error) => resolve({ code: 1, output: error.message }))
    child.once('exit', (code) => resolve({ code: code ?? 1, output }))
  })

const tally = { passed: 0, failed: 0 }

/** A check counts as one; what it says is shown only when it fails. */
const check = async (name: string, work: () => Promise<{ code: number; output: string }>): Promise<void> => {
  const began = performance.now()
  const { code, output } = await work()
  tally[code === 0 ? 'passed' : 'failed'] += 1
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  if (code !== 0) console.log(output)
}

const build = async () => {
  try {
    await buildWeb()
    return { code: 0, output: '' }
  } catch (error) {
    return { code: 1, output: String(error) }
  }
}

/** What is read of the report of the tests. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

/** Each test counts; a file that could not even be read counts as one failure. */
const tests = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sendocki-check-'))
  const report = join(folder, 'report.json')
  const { code } = await run(
    bin('vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    true,
  )
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
    const unread = testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.length)
    tally.passed += numPassedTests
    tally.failed += Math.max(numFailedTests + unread.length, code === 0 ? 0 : 1)
  } catch {
    tally.failed += 1
    console.log('The tests left no report.')
  }
  rmSync(folder, { recursive: true, force: true })
}

/** None needs another, and most use one core: two at a time, the longest first. */
const waiting: Parameters<typeof check>[] = [
  ['lint of the servers', () => run(bin('eslint'), ['apps/api', 'apps/sandbox'])],
  [
    'lint of the rest',
    () => run(bin('eslint'), ['.', '--ignore-pattern', 'apps/api/**', '--ignore-pattern', 'apps/sandbox/**']),
  ],
  ['types', () => run(process.execPath, ['scripts/types.ts'])],
  ['build', build],
  ['contract', () => run(process.execPath, ['apps/api/scripts/contract.ts', '--check'])],
  [
    'architecture',
    () => run(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'packages', 'apps', 'tests', 'scripts']),
  ],
  ['unused code', () => run(bin('knip'), [])],
  ['format', () => run(bin('biome'), ['ci', '--colors=off', '.'])],
]
const lanes = Array.from({ length: 2 }, async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await check(...next)
})
await Promise.all(lanes)
await tests()

console.log(`${tally.passed} passed, ${tally.failed} failed`)
process.exit(tally.failed > 0 ? 1 : 0)
