import { meetFault, type Provider } from './faults.ts'
import { remember, type World } from './world.ts'

/** A webhook that a provider sent, or tries to send. */
export interface Delivery {
  /** The provider's own id of the delivery: the same on each retry and on a repeat. */
  readonly id: string
  readonly provider: Provider
  readonly topic: string
  readonly url: string
  readonly body: string
  readonly at: string
  /** Sent a second time on purpose. */
  readonly repeat: boolean
  status: 'held' | 'waiting' | 'delivered' | 'failed'
  readonly attempts: { readonly at: string; readonly status: number | null; readonly error: string | null }[]
}

export interface Outgoing {
  readonly id: string
  readonly provider: Provider
  readonly topic: string
  readonly url: string
  readonly body: string
  /** Null sends without a signature. */
  readonly secret: string | null
  /** The headers of one attempt, signed with the secret it is given. */
  readonly headers: (secret: string | null) => Record<string, string>
  /** Seconds before each retry; after the last one the delivery has failed. */
  readonly retrySeconds: readonly number[]
  /** Whether an answer (null: none came) is worth another try; without it, every one that is no success. */
  readonly retries?: (status: number | null) => boolean
  readonly afterAttempt?: (accepted: boolean) => void
}

const answerWithin = 5_000
const heldFor = 1_500
const most = 5_000

/** Sends a webhook and resolves after its first attempt; retries, repeats and held ones follow by themselves. */
export const send = async (world: World, outgoing: Outgoing): Promise<Delivery> => {
  const delivery = record(world, outgoing, false)
  if (meetFault(world.faults, outgoing.provider, ['reordered_webhooks'], outgoing.topic)) {
    hold(world, outgoing.provider, delivery, () => attempt(world, outgoing, delivery, 0))
    return delivery
  }
  await attempt(world, outgoing, delivery, 0)
  await releaseHeld(world, outgoing.provider)
  return delivery
}

/** Many at once, as a busy hour sends them, without opening a thousand sockets. */
export const sendAll = async (world: World, all: readonly Outgoing[]): Promise<readonly Delivery[]> => {
  const deliveries: Delivery[] = []
  let next = 0
  const lane = async () => {
    for (let index = next++; index < all.length; index = next++) {
      const outgoing = all[index]
      if (outgoing) deliveries[index] = await send(world, outgoing)
    }
  }
  await Promise.all(Array.from({ length: Math.min(16, all.length) }, lane))
  return deliveries
}

const record = (world: World, { id, provider, topic, url, body }: Outgoing, repeat: boolean): Delivery =>
  remember(
    world.state.deliveries,
    { id, provider, topic, url, body, at: world.now().toISOString(), repeat, status: 'waiting', attempts: [] },
    most,
  )

const attempt = async (world: World, outgoing: Outgoing, delivery: Delivery, retry: number): Promise<void> => {
  const accepted = await post(world, outgoing, delivery)
  if (meetFault(world.faults, outgoing.provider, ['duplicate_webhooks'], outgoing.topic)) {
    const repeated = record(world, outgoing, true)
    repeated.status = (await post(world, outgoing, repeated)) ? 'delivered' : 'failed'
  }
  if (accepted) {
    delivery.status = 'delivered'
    return
  }
  const again = outgoing.retries?.(delivery.attempts.at(-1)?.status ?? null) ?? true
  const seconds = again ? outgoing.retrySeconds[retry] : undefined
  delivery.status = seconds === undefined ? 'failed' : 'waiting'
  if (seconds !== undefined)
    world.timers.after(seconds * 1000 * world.pace, () => void attempt(world, outgoing, delivery, retry + 1))
}

/** Whether the receiver accepted; a redirect, a refusal, silence and a closed door are all noted, and none is thrown. */
const post = async (world: World, outgoing: Outgoing, delivery: Delivery): Promise<boolean> => {
  const wrong =
    outgoing.secret !== null && meetFault(world.faults, outgoing.provider, ['wrong_signature'], outgoing.topic)
  const secret = wrong ? `not ${outgoing.secret}` : outgoing.secret
  const at = world.now().toISOString()
  try {
    const answer = await fetch(reachable(world, outgoing.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...outgoing.headers(secret) },
      body: outgoing.body,
      redirect: 'manual',
      signal: AbortSignal.any([world.stopping.signal, AbortSignal.timeout(answerWithin)]),
    })
    await answer.body?.cancel()
    delivery.attempts.push({ at, status: answer.status, error: null })
    outgoing.afterAttempt?.(answer.ok)
    return answer.ok
  } catch (error) {
    delivery.attempts.push({ at, status: null, error: reasonOf(error) })
    outgoing.afterAttempt?.(false)
    return false
  }
}

const reachable = ({ reach }: World, url: string): string =>
  reach && new URL(url).origin === new URL(reach.address).origin
    ? url.replace(new URL(url).origin, new URL(reach.by).origin)
    : url

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

const hold = (world: World, provider: Provider, delivery: Delivery, release: () => Promise<void>): void => {
  delivery.status = 'held'
  const held = world.held.get(provider) ?? []
  world.held.set(provider, [...held, release])
  if (held.length === 0) world.timers.after(heldFor * world.pace, () => void releaseHeld(world, provider))
}

/** The youngest first, so that the receiver sees the old ones last. */
const releaseHeld = async (world: World, provider: Provider): Promise<void> => {
  const held = world.held.get(provider) ?? []
  world.held.delete(provider)
  for (const release of held.toReversed()) await release()
}
