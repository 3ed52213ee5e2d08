import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { openDrawing } from '@sendocki/api/adapters/papers/drawing'
import { givenLabel } from '@sendocki/api/adapters/papers/papers.given'
import { openPen } from '@sendocki/api/adapters/papers/pen'

/*
 * A process that draws 500 pages once and ends: labels as the press draws them, or the bare yardstick, which is 500 pages of
 * the same library and fonts with as many words and nothing laid out, shaped or coded.
 */

export interface Drawn {
  readonly perSecond: number
  /** What it held at most, beyond what the loaded process held before, in MB. */
  readonly megabytes: number
}

const pages = 500
const label = givenLabel()
const line = 'Rue des Orangers 12 Casablanca'

const drawLabels = async (path: string): Promise<void> => {
  const drawing = openDrawing({ path, size: '100x150', language: 'ar' })
  for (let page = 0; page < pages; page += 1) {
    const receiver = { ...label.receiver, name: `${label.receiver.name} ${page}` }
    drawing.draw({ ...label, code: `DH${100_000_000 + page}`, orderNumbers: [page], receiver })
    await setImmediate()
  }
  await drawing.close()
}

const drawBare = async (path: string): Promise<void> => {
  const pen = openPen(path, 'ltr')
  for (let page = 0; page < pages; page += 1) {
    pen.page(283, 425)
    for (let at = 0; at < 16; at += 1)
      pen.text(line, { x: 10, y: 10 + at * 20, width: 260 }, { size: 10, bold: at % 2 === 0 })
    await setImmediate()
  }
  await pen.close()
}

const folder = mkdtempSync(join(tmpdir(), 'sendocki-bench-papers-'))
const path = join(folder, 'papers.pdf')
writeFileSync(path, '')
const idle = process.memoryUsage.rss()
const began = performance.now()
await (process.argv[2] === 'bare' ? drawBare(path) : drawLabels(path))
const perSecond = pages / ((performance.now() - began) / 1_000)
// Of this process alone: what `resourceUsage` calls its most is also its parent's before it began.
const most = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0)
const megabytes = (most * 1_024 - idle) / 1_048_576
rmSync(folder, { recursive: true, force: true })
process.send?.({ perSecond, megabytes } satisfies Drawn)
