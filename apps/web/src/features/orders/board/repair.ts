import type { ApiProblem } from '../../../lib/api.ts'

/** The one thing that puts a refused move right: what to offer on the card. */
export type Repair = 'retry' | 'take_mine' | 'complete' | 'reason' | 'none'

const passing = new Set(['network.unreachable', 'server.unavailable', 'server.failed', 'request.too_many'])

/** A refused card says why, and offers at most one repair. */
export const repairOf = ({ code }: Pick<ApiProblem, 'code'>): Repair => {
  if (passing.has(code)) return 'retry'
  if (code === 'order.changed_meanwhile') return 'take_mine'
  if (code === 'order.reason_required' || code === 'order.reason_unknown') return 'reason'
  if (code === 'order.field_required' || code === 'order.incomplete') return 'complete'
  return 'none'
}
