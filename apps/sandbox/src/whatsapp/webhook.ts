import { randomUUID } from 'node:crypto'
import { type Delivery, type Outgoing, sendAll } from '../outgoing.ts'
import { hexSignature } from '../signatures.ts'
import type { World } from '../world.ts'
import type { Buyer, PlayedNumber } from './state.ts'

/** Seconds before each retry; the real ones go on for about seven days. */
const retrySeconds = [5, 30, 120, 600, 3_600]

/** Tells an account's address of one change. Nothing is told while none was given. */
const tell = (world: World, accountId: string, field: string, value: object): Promise<readonly Delivery[]> => {
  const hook = world.state.whatsapp.hooks.get(accountId)
  if (!hook) return Promise.resolve([])
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: accountId, changes: [{ field, value }] }],
  })
  const outgoing: Outgoing = {
    id: randomUUID(),
    provider: 'whatsapp',
    topic: field,
    url: hook.url,
    body,
    secret: hook.secret,
    retrySeconds,
    headers: (secret) => (secret === null ? {} : { 'x-hub-signature-256': `sha256=${hexSignature(secret, body)}` }),
  }
  return sendAll(world, [outgoing])
}

const head = (number: PlayedNumber) => ({
  messaging_product: 'whatsapp',
  metadata: { display_phone_number: number.displayPhone.replace(/\D/g, ''), phone_number_id: number.id },
})

export const tellMessages = (world: World, number: PlayedNumber, value: object): Promise<readonly Delivery[]> =>
  tell(world, number.accountId, 'messages', { ...head(number), ...value })

export const tellTemplate = (world: World, accountId: string, field: string, value: object) =>
  tell(world, accountId, field, value)

/** What a buyer is called in a delivery: whoever chose a user name shows no phone. */
export const namesOf = ({ phone, userId, hidesPhone }: Buyer) => ({
  message: hidesPhone ? { from_user_id: userId } : { from: phone, from_user_id: userId },
  status: hidesPhone ? { recipient_user_id: userId } : { recipient_id: phone, recipient_user_id: userId },
  contact: hidesPhone ? { user_id: userId } : { wa_id: phone, user_id: userId },
})

/** Asks an address whether it is the merchant's: the challenge must come back. */
export const isConfirmed = async (world: World, url: string, verifyToken: string): Promise<boolean> => {
  const asked = new URL(url)
  const challenge = String(Math.floor(world.now().getTime() / 7))
  asked.searchParams.set('hub.mode', 'subscribe')
  asked.searchParams.set('hub.verify_token', verifyToken)
  asked.searchParams.set('hub.challenge', challenge)
  const { reach } = world
  const target =
    reach && asked.origin === new URL(reach.address).origin
      ? asked.href.replace(asked.origin, new URL(reach.by).origin)
      : asked.href
  try {
    const answer = await fetch(target, { redirect: 'manual', signal: AbortSignal.timeout(5_000) })
    return answer.status === 200 && (await answer.text()) === challenge
  } catch {
    // A closed door is no confirmation, whatever the reason.
    return false
  }
}
