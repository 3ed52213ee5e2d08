import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeFlags } from '@sendocki/api/config'
import { backupRows } from './backup.ts'
import { boardRow } from './board.ts'
import { callRows } from './calls.ts'
import { benchSecret, large, ordersOf, small, startBenchServer } from './data.ts'
import { importRows } from './imports.ts'
import { inboxRows, messageRows } from './inbox.ts'
import { bulkRows, exportRows, whereRows } from './many.ts'
import { paperRows } from './papers.ts'
import { writePlans } from './plans.ts'
import { queueRows } from './queue.ts'
import { memoryRows, type Row } from './report.ts'
import { hookRows, listRows, moveRow, orderRow, pressure, searchRow } from './rows.ts'
import { tokenFor } from './token.ts'

const root = join(import.meta.dirname, '../..')

export interface Bench {
  readonly apiUrl: string
  readonly bareUrl: string
  readonly databaseUrl: string
  readonly apiPid: number
  readonly headers: Readonly<Record<string, string>>
}

const launch = (
  script: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<{ child: ChildProcess; url: string }> =>
  new Promise((resolve, reject) => {
    const child = fork(join(root, script), {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [...flags],
    })
    child.on('message', (message: { step?: string; url?: string }) => {
      if (message.step === 'ready') resolve({ child, url: message.url ?? '' })
    })
    child.once('exit', (code) => reject(new Error(`${script} stopped (${code})`)))
  })

/** Names of what to measure, such as `where bulk`; everything when there are none. */
const wanted = process.argv.slice(2)

/** Every row of the table, printed as it is measured; the process fails when a ratio is beyond its limit. */
const run = async (): Promise<boolean> => {
  console.log(
    `data      ${small.length} merchants of ${ordersOf(small[0] ?? large)} orders and one of ${ordersOf(large)}; the first load takes a quarter of an hour`,
  )
  const server = await startBenchServer()
  const dataDir = mkdtempSync(join(tmpdir(), 'sendocki-bench-'))
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const api = await launch(
    'apps/api/src/main.ts',
    {
      DATABASE_URL: server.url,
      SECRET_KEY: benchSecret,
      SANDBOX: 'off',
      SMTP_URL: 'smtp://127.0.0.1:9',
      WHATSAPP_BASE_URL: 'http://127.0.0.1:9',
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      REQUESTS_PER_MINUTE: '100000000',
      DATABASE_POOL_SIZE: '10',
    },
    nodeFlags,
  )
  const bare = await launch('tests/bench/yardstick.ts', { BENCH_DATABASE_URL: server.url, BENCH_POOL: '10' })
  const bench: Bench = {
    apiUrl: `http://127.0.0.1:${port}`,
    bareUrl: bare.url,
    databaseUrl: server.url,
    apiPid: api.child.pid ?? 0,
    headers: { authorization: `Bearer ${tokenFor(large)}`, 'content-type': 'application/json' },
  }
  const rows: Row[] = []
  const keep = (...measured: Row[]) => {
    for (const row of measured) {
      rows.push(row)
      console.log(
        `${row.met ? 'met   ' : 'MISSED'} ${row.what.padEnd(58)} limit ${row.limit.padEnd(10)} measured ${row.figure}`,
      )
    }
  }
  try {
    const measures: Readonly<Record<string, () => Promise<Row[]>>> = {
      plans: () => writePlans(bench).then(() => []),
      lists: () => listRows(bench),
      order: () => orderRow(bench),
      moves: () => moveRow(bench),
      hooks: () => hookRows(bench),
      search: () => searchRow(bench),
      where: () => whereRows(bench),
      bulk: () => bulkRows(bench),
      exports: () => exportRows(bench),
      imports: () => importRows(bench),
      memory: () => memoryRows(api.child, () => pressure(bench)),
      board: () => boardRow(bench),
      calls: () => callRows(bench),
      messages: () => messageRows(bench),
      inbox: () => inboxRows(bench),
      papers: () => paperRows(),
      queue: () => queueRows(bench),
      backup: () => backupRows(bench),
    }
    for (const [name, measure] of Object.entries(measures))
      if (wanted.length === 0 || wanted.includes(name)) keep(...(await measure()))
  } finally {
    bare.child.kill('SIGTERM')
    api.child.kill('SIGTERM')
    await new Promise((resolve) => api.child.once('exit', resolve))
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return rows.every(({ met }) => met)
}

process.exit((await run()) ? 0 : 1)
