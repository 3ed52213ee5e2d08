import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Row {
  readonly what: string
  readonly limit: string
  readonly figure: string
  readonly met: boolean
}

export const atLeast = (
  what: string,
  share: number,
  { ours, bare, ratio }: { ours: number; bare: number; ratio: number },
): Row => ({
  what,
  limit: `≥ ${Math.round(share * 100)} %`,
  figure: `${(ratio * 100).toFixed(1)} % (${ours.toFixed(0)} of ${bare.toFixed(0)} a second)`,
  met: ratio >= share,
})

export const atMost = (what: string, limit: number, ours: number, yardstick: number): Row => ({
  what,
  limit: `≤ ${limit} ×`,
  figure: `${(ours / yardstick).toFixed(2)} × (${ours.toFixed(2)} ms to ${yardstick.toFixed(2)} ms)`,
  met: ours <= limit * yardstick,
})

const residentOf = (child: ChildProcess): number => {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

/**
 * Resident memory of the process that answers requests and runs jobs: after all the load above, and then after each of
 * three more rounds of it, which must not add to it.
 */
export const memoryRows = async (child: ChildProcess, round: () => Promise<void>): Promise<Row[]> => {
  const after: number[] = [residentOf(child)]
  for (let run = 0; run < 3; run += 1) {
    await round()
    after.push(residentOf(child))
  }
  const [first = 0, second = 0] = after
  const last = after.at(-1) ?? 0
  return [
    {
      what: 'Memory of API and worker after the run',
      limit: '≤ 400 MB',
      figure: `${first.toFixed(0)} MB`,
      met: first <= 400,
    },
    {
      what: 'Memory over three more rounds: the last to the first',
      limit: '≤ 1.1 ×',
      figure: `${(last / second).toFixed(2)} × (${after.map((one) => one.toFixed(0)).join(', ')} MB)`,
      met: last <= 1.1 * second && last <= 400,
    },
  ]
}
