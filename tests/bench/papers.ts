import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Drawn } from './papers.press.ts'
import type { Row } from './report.ts'

const heapMegabytes = 160

/** One process, one core: as the press of the product runs. */
const draw = (what: 'labels' | 'bare'): Promise<Drawn> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'papers.press.ts'), [what], {
      execArgv: [`--max-old-space-size=${heapMegabytes}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    child.once('message', (drawn) => resolve(drawn as Drawn))
    child.once('exit', (code) => reject(new Error(`The press stopped (${code})`)))
  })

/** 500 labels in one PDF, Arabic, with bars and squares, in turns with 500 pages of bare text by the same library. */
export const paperRows = async (): Promise<Row[]> => {
  const rounds: { ours: Drawn; bare: Drawn }[] = []
  for (let round = 0; round < 3; round += 1) rounds.push({ ours: await draw('labels'), bare: await draw('bare') })
  const ratio = Math.max(...rounds.map(({ ours, bare }) => ours.perSecond / bare.perSecond))
  const perSecond = Math.max(...rounds.map(({ ours }) => ours.perSecond))
  const megabytes = Math.max(...rounds.map(({ ours }) => ours.megabytes))
  return [
    {
      what: '500 labels in one PDF, against 500 pages of bare text',
      limit: '≥ 15 %',
      figure: `${(ratio * 100).toFixed(1)} % (${perSecond.toFixed(0)} labels a second on one core; 40 are asked)`,
      met: ratio >= 0.15,
    },
    {
      what: '500 labels in one PDF: memory beyond the idle process',
      limit: '≤ 200 MB',
      figure: `${megabytes.toFixed(0)} MB`,
      met: megabytes <= 200,
    },
  ]
}
