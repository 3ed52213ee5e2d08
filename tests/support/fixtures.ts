import type { TestApi } from './app.ts'

/** Values that must not be seen by whom they are hidden from. */
export const canaries = { phones: ['+212661234987'] } as const

/** One row of the first merchant for every noun that an address can name, made through the API itself. */
export const fixtures = async (api: TestApi): Promise<Readonly<Record<string, string>>> => {
  const owner = api.as('owner')
  const made = async (path: string, body: unknown): Promise<{ id: string }> => {
    const answer = await owner.post(path, body, { 'idempotency-key': crypto.randomUUID() })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    return answer.body
  }
  const order = await made('/orders', {
    customer: { name: 'Khadija Ouazzani', phone: canaries.phones[0] },
    shippingAddress: { line: '12 rue des Orangers', city: 'Casablanca', district: 'Maârif' },
    lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
    shippingFeeCentimes: 3_000,
  })
  return {
    orders: order.id,
    members: api.merchant.people.viewer.memberId,
    sessions: api.merchant.people.owner.sessionId,
  }
}
