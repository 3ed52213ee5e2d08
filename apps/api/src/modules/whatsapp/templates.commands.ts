import { cityById } from '@sendocki/domain/places/cities'
import { Refused } from '@sendocki/domain/result'
import { filledCards, fillTemplate, type TemplateFacts } from '@sendocki/domain/whatsapp/filling'
import type {
  CreateWhatsAppTemplate,
  EditWhatsAppTemplate,
  TemplatePreview,
  TemplateQuery,
  WhatsAppTemplate,
} from '@sendocki/domain/whatsapp/template'
import { bodyFault, isNamed, placesIn } from '@sendocki/domain/whatsapp/variables'
import type { RemoteTemplate, TemplateNews } from '../../adapters/messaging/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import { brokeUnique } from '../../db/client.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { viewerOf } from '../orders/index.ts'
import { changedCards, followedCards, newCards } from './carousels.commands.ts'
import { findNumber, numbersOfAccounts } from './numbers.queries.ts'
import {
  findNamed,
  findTemplate,
  insertTemplate,
  listTemplates,
  lockCarousels,
  markGone,
  type OrderFacts,
  orderFacts,
  saveTemplate,
  type TemplateRow,
  upsertTemplates,
} from './templates.queries.ts'

const viewsOf = async (tx: MerchantTx, rows: readonly TemplateRow[]): Promise<WhatsAppTemplate[]> => {
  const numbers = await numbersOfAccounts(tx, [...new Set(rows.map(({ businessAccountId }) => businessAccountId))])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    language: row.language,
    category: row.category,
    state: row.state,
    reason: row.reason,
    quality: row.quality,
    header: row.header,
    body: row.body,
    footer: row.footer,
    buttons: [...row.buttons],
    cards: [...row.cards],
    variables: [...row.variables],
    variableCount: placesIn(row.body).length,
    numberIds: numbers
      .filter(({ businessAccountId }) => businessAccountId === row.businessAccountId)
      .map(({ id }) => id),
    updatedAt: row.updatedAt,
    version: row.version,
  }))
}

export const readTemplates = (ctx: Ctx, { numberId, state, limit = 50, cursor }: TemplateQuery) =>
  ctx.read(async (tx) => {
    const list = `templates:${numberId ?? ''}:${state ?? ''}`
    const after = decodeCursor(list, cursor, 2) as readonly [string, string] | null
    const number = numberId === undefined ? null : await findNumber(tx, numberId)
    if (number === undefined) return { items: [], nextCursor: null }
    const rows = await listTemplates(tx, {
      accountId: number?.businessAccountId ?? null,
      state,
      after,
      limit: limit + 1,
    })
    const { items, nextCursor } = pageOf(
      rows,
      limit,
      list,
      (row) => [row.name, row.id],
      (row) => row,
    )
    return { items: await viewsOf(tx, items), nextCursor }
  })

const templateAt = async (tx: MerchantTx, id: string): Promise<TemplateRow> => {
  const row = await findTemplate(tx, id)
  if (!row) throw new Refused('template.not_found')
  return row
}

const readBack = async (tx: MerchantTx, id: string): Promise<WhatsAppTemplate> => {
  const [view] = await viewsOf(tx, [await templateAt(tx, id)])
  if (!view) throw new Refused('template.not_found')
  return view
}

/** What Meta would refuse at once, apart from cards: beside them a carousel has nothing but its text. */
const faultOf = ({
  body,
  variables = [],
  buttons = [],
  header,
  footer,
  cards = [],
  category,
}: CreateWhatsAppTemplate): { path: string; code: string } | null => {
  const code = bodyFault({ body, variables })
  if (code) return { path: 'body', code }
  if (new Set(buttons).size < buttons.length) return { path: 'buttons', code: 'repeated' }
  if (cards.length === 0) return null
  if (category !== 'marketing') return { path: 'category', code: 'marketing_only' }
  const beside = header ? 'header' : footer ? 'footer' : buttons.length > 0 ? 'buttons' : null
  return beside && { path: beside, code: 'not_with_cards' }
}

/** Writes a template and hands it in at Meta by a job; its state follows by webhook. */
export const createTemplate = async (ctx: Ctx, input: CreateWhatsAppTemplate): Promise<WhatsAppTemplate> => {
  const { variables = [], buttons = [], header = null, footer = null, cards: asked = [], numberId, ...given } = input
  const fault = faultOf(input)
  if (fault) throw new Refused('request.invalid', undefined, [fault])
  try {
    return await ctx.transaction(async (tx) => {
      const cards = await newCards(ctx, tx, asked)
      const number = await findNumber(tx, numberId)
      if (!number) throw new Refused('whatsapp_number.not_found')
      if (number.status === 'disconnected') throw new Refused('whatsapp_number.not_ready', { status: number.status })
      const { businessAccountId } = number
      if (await findNamed(tx, businessAccountId, given)) throw new Refused('template.name_taken')
      const id = ctx.newId()
      const now = ctx.now.toISOString()
      await insertTemplate(tx, {
        ...{ id, businessAccountId, ...given, header, footer, buttons, cards, variables },
        ...{ metaId: null, state: 'submitting', reason: null, quality: null, createdAt: now, updatedAt: now },
      })
      ctx.record(tx, {
        type: 'template.created',
        subject: { kind: 'template', id },
        after: { name: given.name, language: given.language, category: given.category },
      })
      ctx.enqueue(
        tx,
        'whatsapp.submit_template',
        { merchantId: ctx.merchantId, templateId: id, numberId },
        { key: `whatsapp.submit_template:${id}` },
      )
      return readBack(tx, id)
    })
  } catch (error) {
    if (brokeUnique(error, 'whatsapp_templates_name')) throw new Refused('template.name_taken')
    throw error
  }
}

/** Says what fills the variables of a template that was made elsewhere, in its text and on its cards, and what these show. */
export const editTemplate = (ctx: Ctx, id: string, input: EditWhatsAppTemplate): Promise<WhatsAppTemplate> =>
  ctx.transaction(async (tx) => {
    const row = await templateAt(tx, id)
    if (row.version !== input.version)
      throw new Refused('template.changed_meanwhile', { current: await readBack(tx, id) })
    const { variables = row.variables } = input
    const cards = input.cards ? await changedCards(ctx, tx, row, input.cards) : row.cards
    if (input.variables && !isNamed({ body: row.body, variables }))
      throw new Refused('request.invalid', undefined, [{ path: 'variables', code: 'variables_unnamed' }])
    const now = ctx.now.toISOString()
    const shown = input.cards ? { cards } : {}
    await saveTemplate(tx, id, { variables, ...shown, version: row.version + 1, updatedAt: now })
    ctx.record(tx, {
      type: 'template.edited',
      subject: { kind: 'template', id },
      before: { variables: row.variables, ...(input.cards ? { cards: row.cards } : {}) },
      after: { variables, ...shown },
    })
    return readBack(tx, id)
  })

/** What an order gives to a template in a language. */
export const factsOf = (facts: OrderFacts, language: string): TemplateFacts => {
  const city = facts.cityId === null ? undefined : cityById.get(facts.cityId)
  return {
    customerName: facts.customerName === '–' ? null : facts.customerName,
    number: facts.number,
    products: facts.products,
    amountCentimes: facts.amountCentimes,
    city: (language.startsWith('ar') ? city?.ar : city?.fr) ?? facts.cityText,
    shop: facts.store ?? facts.merchant,
  }
}

/** A template filled from an order that the actor may see, and whose order it is. */
export const fillFor = async (ctx: Ctx, tx: MerchantTx, row: TemplateRow, orderId: string) => {
  const facts = await orderFacts(tx, viewerOf(ctx), orderId)
  if (!facts) throw new Refused('order.not_found')
  return { customerId: facts.customerId, filled: fillTemplate(row, factsOf(facts, row.language)) }
}

export const previewTemplate = (ctx: Ctx, id: string, orderId: string | undefined): Promise<TemplatePreview> =>
  ctx.read(async (tx) => {
    const row = await templateAt(tx, id)
    const filled = orderId === undefined ? fillTemplate(row, null) : (await fillFor(ctx, tx, row, orderId)).filled
    return filled.ok
      ? { text: filled.text, cards: filledCards(row.cards, filled.cards), missing: [] }
      : { text: null, cards: [], missing: [...filled.missing] }
  })

/** Brings the templates of an account up to Meta's list. */
export const storeTemplates = async (
  ctx: Ctx,
  tx: MerchantTx,
  businessAccountId: string,
  remote: readonly RemoteTemplate[],
): Promise<void> => {
  const now = ctx.clock().toISOString()
  const known = new Map((await lockCarousels(tx, businessAccountId)).map((row) => [`${row.name} ${row.language}`, row]))
  const rows = remote.map(({ templateId, buttons, cards, ...template }) => ({
    ...template,
    ...{ id: ctx.newId(), businessAccountId, metaId: templateId, buttons: [...buttons], variables: [] },
    cards: followedCards(cards, known.get(`${template.name} ${template.language}`)?.cards),
    ...{ createdAt: now, updatedAt: now },
  }))
  await upsertTemplates(tx, rows)
  const metaIds = remote.map(({ templateId }) => templateId)
  await markGone(tx, businessAccountId, metaIds, now)
  tx.outbox.changes.push({ noun: 'template', id: null })
}

/** What Meta says of one template. False when we do not know it: the next reading of the list brings it. */
export const applyTemplateNews = async (ctx: Ctx, tx: MerchantTx, news: TemplateNews): Promise<boolean> => {
  const row = await findNamed(tx, news.businessAccountId, news)
  if (!row) return false
  const change = {
    ...(news.templateId === null ? {} : { metaId: news.templateId }),
    ...(news.state === null ? {} : { state: news.state, reason: news.reason }),
    ...(news.category === null ? {} : { category: news.category }),
    ...(news.quality === null ? {} : { quality: news.quality }),
  }
  await saveTemplate(tx, row.id, { ...change, updatedAt: ctx.clock().toISOString() })
  ctx.record(tx, {
    type: 'template.followed',
    subject: { kind: 'template', id: row.id },
    before: { state: row.state, category: row.category, quality: row.quality },
    after: change,
  })
  return true
}
