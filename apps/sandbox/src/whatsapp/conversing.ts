import { nextId, type World } from '../world.ts'
import { statusError } from './answers.ts'
import { repliesInCards, wordsOnCards } from './carousels.ts'
import { type Fields, fieldsOf, listOf, partOf } from './parts.ts'
import { type Buyer, buyerOf, type PlayedNumber, type SentMessage } from './state.ts'
import { namesOf, tellMessages } from './webhook.ts'

const windowMillis = 24 * 3_600_000
/** Milliseconds after a message was taken until each thing happens to it. */
const rhythm = { sent: 300, delivered: 900, read: 2_500, answer: 4_000, again: 6_000 } as const

const seconds = (world: World): string => String(Math.floor(world.now().getTime() / 1000))
const pairOf = (numberId: string, phone: string) => `${numberId}:${phone}`

export const isWindowOpen = (world: World, numberId: string, phone: string): boolean =>
  world.now().getTime() - (world.state.whatsapp.windows.get(pairOf(numberId, phone)) ?? 0) < windowMillis

/** One message in six seconds to one person, with a burst of 45. Source: integrations.md 4.6. */
export const isTooFast = (world: World, numberId: string, phone: string): boolean => {
  const { paces } = world.state.whatsapp
  const now = world.now().getTime()
  const recent = (paces.get(pairOf(numberId, phone)) ?? []).filter((at) => now - at < 270_000)
  if (recent.length >= 45) return true
  paces.set(pairOf(numberId, phone), [...recent, now])
  return false
}

const tellStatus = (world: World, number: PlayedNumber, message: SentMessage, status: string, more: object = {}) => {
  message.status = status
  const buyer = buyerOf(world.state.whatsapp, message.to)
  const own = message.ownId === null ? {} : { biz_opaque_callback_data: message.ownId }
  const row = { id: message.id, status, timestamp: seconds(world), ...namesOf(buyer).status, ...own, ...more }
  return tellMessages(world, number, { statuses: [row] })
}

/** What comes of a message that was taken: it fails, or arrives, is read and perhaps answered. */
export const follow = (world: World, number: PlayedNumber, message: SentMessage): void => {
  const buyer = buyerOf(world.state.whatsapp, message.to)
  const after = (millis: number, work: () => unknown) => world.timers.after(millis * world.pace, () => void work())
  const isFree = message.body.type !== 'template'
  const code = buyer.failsWith ?? (isFree && !isWindowOpen(world, number.id, buyer.phone) ? 131_047 : null)
  if (code !== null) {
    after(rhythm.sent, () => tellStatus(world, number, message, 'failed', { errors: [statusError(code)] }))
    return
  }
  const category = isFree ? 'service' : (templateOf(world, number, message)?.category ?? 'UTILITY').toLowerCase()
  const pricing = { billable: true, pricing_model: 'PMP', category, type: 'regular' }
  after(rhythm.sent, () => tellStatus(world, number, message, 'sent', { pricing }))
  after(rhythm.delivered, () => tellStatus(world, number, message, 'delivered', { pricing }))
  after(rhythm.read, () => tellStatus(world, number, message, 'read'))
  const payloads = payloadsOf(message)
  if (payloads.length === 0 || buyer.answer === 'nothing') return
  after(rhythm.answer, () => answer(world, number, buyer, message, payloads))
  if (buyer.answer === 'twice') after(rhythm.again, () => answer(world, number, buyer, message, payloads))
}

const templateOf = (world: World, number: PlayedNumber, { body }: SentMessage) => {
  const { name, language } = fieldsOf(body.template)
  return [...world.state.whatsapp.templates.values()].find(
    (one) => one.accountId === number.accountId && one.name === name && one.language === fieldsOf(language).code,
  )
}

/** What the quick-reply buttons of a message carry, in their order; those on cards after those under the text. */
const payloadsOf = ({ body }: SentMessage): readonly string[] => {
  const { components } = fieldsOf(body.template)
  const under = listOf(components).filter(({ type }) => type === 'button')
  return [...under, ...repliesInCards(components)].map(({ parameters }) => String(listOf(parameters)[0]?.payload ?? ''))
}

const answer = (
  world: World,
  number: PlayedNumber,
  buyer: Buyer,
  message: SentMessage,
  payloads: readonly string[],
) => {
  if (buyer.answer === 'text') return say(world, number, buyer, { text: buyer.text || 'wakha' })
  const index = { yes: 0, twice: 0, later: 1, no: payloads.length - 1, nothing: 0 }[buyer.answer]
  const payload = payloads[index] ?? payloads.at(-1) ?? ''
  return say(world, number, buyer, { payload, label: labelOf(world, number, message, index), quotes: message.id })
}

const labelOf = (world: World, number: PlayedNumber, message: SentMessage, index: number): string => {
  const components = templateOf(world, number, message)?.components
  const under = listOf(partOf(components, 'BUTTONS')?.buttons).map(({ text }) => String(text))
  return [...under, ...wordsOnCards(components)][index] ?? 'Oui'
}

export interface Saying {
  readonly text?: string
  readonly payload?: string
  readonly label?: string
  readonly quotes?: string
  /** Any other kind of message, in Meta's own form: `{ type, <type>: … }`. */
  readonly raw?: Fields
}

/** A buyer writes, or presses a button of a template. Opens the window of 24 hours. */
export const say = (world: World, number: PlayedNumber, buyer: Buyer, saying: Saying) => {
  const { text, payload, label = 'Oui', quotes, raw } = saying
  world.state.whatsapp.windows.set(pairOf(number.id, buyer.phone), world.now().getTime())
  const content =
    raw ??
    (payload === undefined
      ? { type: 'text', text: { body: text ?? '' } }
      : { type: 'button', button: { payload, text: label } })
  const names = namesOf(buyer)
  const message = {
    id: `wamid.IN${nextId(world)}`,
    timestamp: seconds(world),
    ...names.message,
    ...content,
    ...(quotes ? { context: { id: quotes, from: number.displayPhone.replace(/\D/g, '') } } : {}),
  }
  return tellMessages(world, number, {
    contacts: [{ profile: { name: buyer.name }, ...names.contact }],
    messages: [message],
  })
}
