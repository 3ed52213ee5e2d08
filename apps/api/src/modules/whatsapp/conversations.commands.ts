import type { Order } from '@sendocki/domain/orders/order'
import { phoneSightOf } from '@sendocki/domain/orders/visibility'
import { maskPhone } from '@sendocki/domain/phone-format'
import { Refused } from '@sendocki/domain/result'
import {
  type Conversation,
  type ConversationCounts,
  type ConversationQuery,
  type CreateConversationOrder,
  type StartConversation,
  withoutPhone,
} from '@sendocki/domain/whatsapp/conversation'
import { windowEnd } from '@sendocki/domain/whatsapp/message'
import type { Person } from '../../adapters/messaging/port.ts'
import { type Ctx, hides, type MerchantTx } from '../../context.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { assertCustomer, everyIdOf } from '../customers/index.ts'
import { assertMember, createOrder, viewerOf } from '../orders/index.ts'
import { addTerms, findSubjects } from '../search/index.ts'
import {
  type ContactRow,
  type ConversationRow,
  type ConversationView,
  contactsOf,
  contactsOfSubjects,
  contactTerms,
  countConversations,
  insertContact,
  listConversations,
  lockConversation,
  mergeContacts,
  pairConversation,
  saveContact,
  saveConversation,
} from './conversations.queries.ts'
import { listNumbers, numberOfCustomer } from './numbers.queries.ts'

const searchedMost = 1_000
const countedMost = 99

/** A text that may hold the buyer's own number, as the actor may read it. */
export const shownText = (ctx: Ctx, text: string | null, phone: string | null): string | null =>
  text !== null && hides(ctx, 'phone') ? withoutPhone(text, phone) : text

/** A name that is nothing but a number is no name for who must not see numbers. */
const shownName = (ctx: Ctx, name: string | null, phone: string | null): string | null => {
  const shown = shownText(ctx, name, phone)
  return shown !== null && /\p{L}/u.test(shown) ? shown : shown === name ? name : null
}

/** Who sees a phone only while an order needs it is not told it beside a conversation, which has no end. */
const shownPhone = (ctx: Ctx, phone: string | null) => {
  const hidden = phoneSightOf(ctx.actor.role) === 'until_settled'
  return { phone: hidden && phone !== null ? maskPhone(phone) : phone, phoneMasked: hidden }
}

const viewOf = (ctx: Ctx, view: ConversationView): Conversation => {
  const { row, contact, order, last } = view
  const known = view.customerName === '–' ? null : view.customerName
  return {
    id: row.id,
    numberId: row.numberId,
    contact: {
      id: contact.id,
      name: shownName(ctx, known ?? contact.profileName, contact.phone),
      ...shownPhone(ctx, contact.phone),
      optedOutAt: contact.optedOutAt,
      unreachableAt: contact.unreachableAt,
    },
    customerId: view.customerId,
    order: order?.id ? { id: order.id, number: order.number, stageId: order.stageId } : null,
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: view.assigneeName ?? '–' },
    last: last?.kind ? { ...last, text: shownText(ctx, last.text, contact.phone)?.slice(0, 200) ?? null } : null,
    lastAt: row.lastAt,
    unreadCount: row.unreadCount,
    waitingSince: row.waitingSince,
    proposal: row.proposal,
    windowEndsAt: windowEnd(row.lastInboundAt),
  }
}

/** Whom a list is narrowed to: a customer under all of their numbers, or whoever a text finds; undefined for everybody. */
const subjectsOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  { customerId, q }: { readonly customerId: string | undefined; readonly q: string | undefined },
): Promise<readonly string[] | undefined> => {
  const found = q === undefined ? undefined : (await findSubjects(ctx, tx, q, searchedMost)).customerIds
  if (customerId === undefined) return found
  const everybody = await everyIdOf(tx, (await assertCustomer(ctx, tx, customerId)).id)
  return found ? found.filter((id) => everybody.includes(id)) : everybody
}

export const readConversations = (ctx: Ctx, query: ConversationQuery) =>
  ctx.read(async (tx) => {
    const { filter = 'all', numberId, customerId, q, limit = 50, cursor } = query
    const list = `conversations:${filter}:${numberId ?? ''}:${customerId ?? ''}:${q ?? ''}`
    const after = decodeCursor(list, cursor, 2) as readonly [string, string] | null
    const asked = await subjectsOf(ctx, tx, { customerId, q })
    const contactIds = asked && (await contactsOfSubjects(tx, asked.slice(0, searchedMost)))
    if (contactIds?.length === 0) return { items: [], nextCursor: null }
    const rows = await listConversations(tx, viewerOf(ctx), {
      ...{ filter, after, limit: limit + 1 },
      ...(numberId === undefined ? {} : { numberId }),
      ...(contactIds ? { contactIds } : {}),
    })
    return pageOf(
      rows,
      limit,
      list,
      ({ row }) => [row.lastAt, row.id],
      (view) => viewOf(ctx, view),
    )
  })

export const conversationIn = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<ConversationView> => {
  const [view] = await listConversations(tx, viewerOf(ctx), { filter: 'all', id, after: null, limit: 1 })
  if (!view) throw new Refused('conversation.not_found')
  return view
}

const readBack = async (ctx: Ctx, tx: MerchantTx, id: string): Promise<Conversation> =>
  viewOf(ctx, await conversationIn(ctx, tx, id))

export const readConversation = (ctx: Ctx, id: string): Promise<Conversation> => ctx.read((tx) => readBack(ctx, tx, id))

export const readCounts = (ctx: Ctx): Promise<ConversationCounts> =>
  ctx.read(async (tx) => {
    const count = async (filter: 'unread' | 'mine' | 'no_reply') => {
      const found = await countConversations(tx, filter, ctx.actor.memberId, countedMost)
      return { count: Math.min(found, countedMost), capped: found > countedMost }
    }
    return { unread: await count('unread'), mine: await count('mine'), noReply: await count('no_reply') }
  })

/** The conversation, taken for this transaction. */
export const takeConversation = async (tx: MerchantTx, id: string): Promise<ConversationRow> => {
  const row = await lockConversation(tx, id)
  if (!row) throw new Refused('conversation.not_found')
  return row
}

/**
 * The contact of a person, made if nobody is it. Phone and Meta's id are linked when both are seen; two contacts that
 * turn out to be one person become one.
 */
export const contactOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  person: Person,
  profileName: string | null,
): Promise<ContactRow> => {
  const [kept, gone] = await contactsOf(tx, person)
  if (!kept) {
    const row = {
      ...{ id: ctx.newId(), phone: person.phone, userId: person.userId, profileName },
      ...{ optedOutAt: null, unreachableAt: null, createdAt: ctx.now.toISOString() },
    }
    // Somebody else was quicker: theirs counts.
    if (!(await insertContact(tx, row))) return contactOf(ctx, tx, person, profileName)
    await addTerms(tx, row.id, contactTerms(row))
    return { ...row, merchantId: tx.merchantId }
  }
  if (gone) await mergeContacts(tx, kept.id, gone.id)
  const change = {
    phone: person.phone ?? kept.phone ?? gone?.phone ?? null,
    // Meta's id changes when somebody changes their number: the newest is the one that is reached.
    userId: person.userId ?? kept.userId ?? gone?.userId ?? null,
    profileName: profileName ?? kept.profileName,
  }
  const same = (Object.keys(change) as (keyof typeof change)[]).every((field) => change[field] === kept[field])
  if (same) return kept
  await saveContact(tx, kept.id, change)
  await addTerms(tx, kept.id, contactTerms(change))
  return { ...kept, ...change }
}

/** The number that a customer is written to from: the one asked for, that of their newest order's store, or the only one. */
const numberFor = async (tx: MerchantTx, customerId: string, asked: string | undefined): Promise<string> => {
  const numbers = (await listNumbers(tx)).filter(({ status }) => status !== 'disconnected')
  if (asked !== undefined) {
    if (!numbers.some(({ id }) => id === asked)) throw new Refused('whatsapp_number.not_found')
    return asked
  }
  const [only, ...others] = numbers
  if (!only) throw new Refused('whatsapp_number.not_ready', { status: 'none' })
  const usual = await numberOfCustomer(tx, customerId)
  if (usual !== undefined && numbers.some(({ id }) => id === usual)) return usual
  if (others.length > 0) throw new Refused('request.invalid', undefined, [{ path: 'numberId', code: 'missing' }])
  return only.id
}

export const startConversation = (ctx: Ctx, { customerId, numberId }: StartConversation): Promise<Conversation> =>
  ctx.transaction(async (tx) => {
    const { phone } = await assertCustomer(ctx, tx, customerId)
    if (phone === null) throw new Refused('order.phone_impossible')
    const number = await numberFor(tx, customerId, numberId)
    const contact = await contactOf(ctx, tx, { phone, userId: null }, null)
    const now = ctx.now.toISOString()
    const id = await pairConversation(tx, {
      ...{ id: ctx.newId(), numberId: number, contactId: contact.id, lastAt: now, createdAt: now },
    })
    ctx.record(tx, { type: 'conversation.started', subject: { kind: 'conversation', id } })
    return readBack(ctx, tx, id)
  })

export const assignConversation = (ctx: Ctx, id: string, memberId: string | null): Promise<Conversation> =>
  ctx.transaction(async (tx) => {
    const row = await takeConversation(tx, id)
    if (memberId !== null) await assertMember(tx, memberId)
    if (row.assigneeId !== memberId) {
      await saveConversation(tx, id, { assigneeId: memberId })
      ctx.record(tx, {
        type: 'conversation.assigned',
        subject: { kind: 'conversation', id },
        before: { assigneeId: row.assigneeId },
        after: { assigneeId: memberId },
      })
    }
    return readBack(ctx, tx, id)
  })

/** Somebody has seen what the buyer wrote; the buyer still waits for an answer. */
export const markRead = (ctx: Ctx, id: string): Promise<Conversation> =>
  ctx.transaction(async (tx) => {
    const row = await takeConversation(tx, id)
    if (row.unreadCount > 0) {
      await saveConversation(tx, id, { unreadCount: 0 })
      tx.outbox.changes.push({ noun: 'conversation', id })
    }
    return readBack(ctx, tx, id)
  })

/** A person has looked at what a free text seemed to say, and acted or not. */
export const settleProposal = (ctx: Ctx, id: string): Promise<Conversation> =>
  ctx.transaction(async (tx) => {
    const row = await takeConversation(tx, id)
    if (row.proposal !== null) {
      await saveConversation(tx, id, { proposal: null })
      ctx.record(tx, {
        type: 'conversation.proposal_settled',
        subject: { kind: 'conversation', id },
        before: { proposal: row.proposal },
      })
    }
    return readBack(ctx, tx, id)
  })

/** An order of whoever the conversation is with, under their number, also for who is not shown it. */
export const orderInConversation = async (ctx: Ctx, id: string, input: CreateConversationOrder): Promise<Order> => {
  if (ctx.actor.role?.permissions.has('conversations.read') === false) throw new Refused('auth.forbidden')
  const { contact } = await ctx.read((tx) => conversationIn(ctx, tx, id))
  const phone = input.customer.phone ?? contact.phone
  if (phone === null) throw new Refused('request.invalid', undefined, [{ path: 'customer.phone', code: 'missing' }])
  return createOrder(ctx, { ...input, source: input.source ?? 'whatsapp', customer: { ...input.customer, phone } })
}
