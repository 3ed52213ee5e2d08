import type { Page, Request } from 'playwright-core'

/** A customer in somebody's hand as their browser knew it, in milliseconds: from the answer that gave them to what let them go. */
export interface Hold {
  readonly customerId: string
  readonly name: string
  readonly from: number
  readonly to: number
}

/**
 * Writes down whom a page is given and when it lets go. The lease on the server lasts a little longer at both ends, so two
 * holds of one customer that meet are two leases that did.
 */
export const watchHolds = (page: Page): { all(): Promise<Hold[]> } => {
  const given = new Map<string, Omit<Hold, 'to'>>()
  const gone = new Map<string, number>()
  const reading: Promise<void>[] = []
  const read = async (request: Request): Promise<void> => {
    const { pathname } = new URL(request.url())
    const [, leaseId, act] = /\/calls\/leases\/([^/]+)\/(outcome|release)$/.exec(pathname) ?? []
    const gives = act === 'outcome' || pathname.endsWith('/calls/claim')
    if (!gives && act === undefined) return
    const { startTime, responseStart } = request.timing()
    const response = await request.response()
    if (!response?.ok()) return
    if (leaseId !== undefined) gone.set(leaseId, startTime)
    if (!gives || response.status() === 204) return
    const body = await response.json()
    const call = act === 'outcome' ? body.next : body
    if (call && !given.has(call.lease.id))
      given.set(call.lease.id, {
        customerId: call.lease.customerId,
        name: call.order?.customer.name ?? '',
        from: startTime + responseStart,
      })
  }
  page.on('requestfinished', (request) => reading.push(read(request)))
  return {
    all: async () => {
      await Promise.all(reading)
      return [...given].map(([leaseId, hold]) => ({ ...hold, to: gone.get(leaseId) ?? Number.POSITIVE_INFINITY }))
    },
  }
}

/** The customers whom two people had in hand at one instant. */
export const heldTwice = (one: readonly Hold[], other: readonly Hold[]): string[] =>
  one.flatMap((hold) =>
    other
      .filter(({ customerId, from, to }) => customerId === hold.customerId && from < hold.to && hold.from < to)
      .map(() => hold.name),
  )
