import { randomUUID } from 'node:crypto'
import { type Delivery, sendAll } from '../outgoing.ts'
import { hexSignature } from '../signatures.ts'
import type { World } from '../world.ts'
import type { StatusChanged } from './parcels.ts'
import type { PanelWebhook, Parcel } from './state.ts'

export interface News extends StatusChanged {
  readonly message: string | null
  readonly proofImage: string | null
  readonly deliverBy: string | null
}

/** Tells the webhooks set in the account's panel, or one address alone. Sendit is not known to retry. Source: integrations.md 1.8. */
export const tellStatus = (
  world: World,
  parcel: Parcel,
  news: News,
  only: Omit<PanelWebhook, 'account'> | null,
): Promise<readonly Delivery[]> => {
  const body = JSON.stringify({
    event: 'delivery.status.update',
    code: parcel.code,
    oldStatus: news.oldStatus,
    newStatus: news.newStatus,
    lastActionAt: news.lastActionAt,
    message: news.message,
    proofImage: news.proofImage,
    deliverBy: news.deliverBy,
    counterUnreachable: parcel.counter_unreachable,
  })
  const targets = only ? [only] : world.state.sendit.webhooks.filter(({ account }) => account === parcel.account)
  return sendAll(
    world,
    targets.map(({ url, secretKey }) => ({
      id: randomUUID(),
      provider: 'sendit',
      topic: 'delivery.status.update',
      url,
      body,
      secret: secretKey,
      retrySeconds: [],
      headers: (key) => (key === null ? {} : { 'x-sendit-signature': hexSignature(key, body) }),
    })),
  )
}
