import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { WorkbookOrder } from './port.ts'

const heapMegabytes = 1_024
const seconds = 120

/**
 * Writes an XLSX file in a process of its own: a workbook is made whole in memory, which must be neither ours nor on our
 * time. Throws when that process ends without having finished.
 */
export const writeWorkbook = (order: WorkbookOrder): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'workbook.child.ts'), {
      env: {},
      execArgv: [`--max-old-space-size=${heapMegabytes}`],
      stdio: 'ignore',
    })
    let written = false
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1_000)
    child.once('message', () => {
      written = true
    })
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      if (written) resolve()
      else reject(new Error(`The workbook was not written (${String(code)}).`))
    })
    child.send(order)
  })
