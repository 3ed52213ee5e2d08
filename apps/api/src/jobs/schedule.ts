import type { JobName } from './catalogue.ts'

/** Everything that the clock starts, in UTC. Each line enqueues a job that looks over all merchants. */
export const schedule: readonly { readonly task: JobName; readonly match: string }[] = [
  { task: 'schedule.stores', match: '*/10 * * * *' },
  { task: 'schedule.carriers', match: '*/30 * * * *' },
  { task: 'schedule.carrier_files', match: '41 2 * * *' },
  { task: 'schedule.papers', match: '23 * * * *' },
  { task: 'schedule.cleanup', match: '17 * * * *' },
  { task: 'schedule.bulk', match: '41 3 * * *' },
  { task: 'schedule.exports', match: '29 * * * *' },
  { task: 'schedule.segments', match: '*/10 * * * *' },
  { task: 'schedule.segments_nightly', match: '19 1 * * *' },
  { task: 'schedule.imports', match: '11 3 * * *' },
  { task: 'schedule.risk', match: '*/5 * * * *' },
  { task: 'schedule.risk_nightly', match: '37 1 * * *' },
]
