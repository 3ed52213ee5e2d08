import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './bench.ts'
import { benchSecret } from './data.ts'
import { p95Of, p95While } from './load.ts'
import { atMost, type Row } from './report.ts'
import { ask } from './rows.ts'

const script = join(import.meta.dirname, '../../apps/api/scripts/backup.ts')

/** The command of an operator, encrypted, to its end. */
const backUp = ({ databaseUrl }: Bench, file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(script, [file], {
      env: {
        ...process.env,
        ...{ DATABASE_URL: databaseUrl, SECRET_KEY: benchSecret, BACKUP_PASSPHRASE: 'quatre chameaux et un puits' },
        ...{ SANDBOX: 'off', SMTP_URL: 'smtp://127.0.0.1:9' },
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    })
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The backup stopped (${code})`))))
  })

/** What those notice who read and write while everything is backed up, one at a time, against the same askers before. */
export const backupRows = async (bench: Bench): Promise<Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'sendocki-bench-backup-'))
  const file = join(folder, 'bench.backup')
  const { stages } = await ask(bench, '/pipeline')
  const stageIds: string[] = ['to_confirm', 'unreachable'].map(
    (state) => stages.find((stage: { state: string }) => stage.state === state).id,
  )
  let [order] = (await ask(bench, '/orders?state=to_confirm&limit=1')).items
  const work = async (): Promise<void> => {
    await ask(bench, '/orders?limit=50')
    const stageId = stageIds.find((id) => id !== order.stageId)
    order = await ask(bench, `/orders/${order.id}/move`, { stageId, version: order.version })
  }
  try {
    await p95Of(work, 100)
    const quiet = await p95Of(work, 400)
    const busy = await p95While(work, backUp(bench, file))
    const megabytes = (statSync(file).size / 1_000_000).toFixed(0)
    return [atMost(`A page read and an order moved during a backup of ${megabytes} MB, p95`, 1.5, busy, quiet)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
