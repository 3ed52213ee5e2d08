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

/** Resident memory of the process that answers requests and runs jobs, after all the load above. */
export const memoryRow = async (child: ChildProcess): Promise<Row> => {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  return {
    what: 'Memory of API and worker after the run',
    limit: '≤ 400 MB',
    figure: `${megabytes.toFixed(0)} MB`,
    met: megabytes <= 400,
  }
}
