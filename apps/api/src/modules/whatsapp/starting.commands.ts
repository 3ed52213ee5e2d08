import type { TemplateField } from '@sendocki/domain/whatsapp/variables'
import type { Ctx, MerchantTx } from '../../context.ts'
import { contactOf } from './conversations.commands.ts'
import { pairConversation, saveConversation } from './conversations.queries.ts'
import { blank, enqueueSending, templateDraft } from './messages.commands.ts'
import { insertMessage } from './messages.queries.ts'
import type { NumberRow } from './numbers.queries.ts'
import { fillFor } from './templates.commands.ts'
import type { TemplateRow } from './templates.queries.ts'

/**
 * Writes a template to the buyer of an order without a person, and has a job give it to Meta. What the order lacks is
 * told, and then nothing is written.
 */
export const startTemplate = async (
  ctx: Ctx,
  tx: MerchantTx,
  about: {
    readonly number: NumberRow
    readonly template: TemplateRow
    readonly orderId: string
    readonly phone: string
    readonly runId: string
  },
): Promise<{ readonly messageId: string } | { readonly missing: readonly TemplateField[] }> => {
  const { number, template, orderId, phone, runId } = about
  const { filled } = await fillFor(ctx, tx, template, orderId)
  if (!filled.ok) return { missing: filled.missing }
  const id = ctx.newId()
  const draft = templateDraft(id, template, orderId, filled)
  const at = ctx.clock().toISOString()
  const contact = await contactOf(ctx, tx, { phone, userId: null }, null)
  const conversationId = await pairConversation(tx, {
    ...{ id: ctx.newId(), numberId: number.id, contactId: contact.id, lastAt: at, createdAt: at },
  })
  const details = { ...draft.details, runId }
  await insertMessage(tx, { ...blank, ...draft, details, id, conversationId, direction: 'out', at })
  await saveConversation(tx, conversationId, { lastAt: at, lastMessageId: id })
  ctx.record(tx, {
    type: 'conversation.message_sent',
    subject: { kind: 'conversation', id: conversationId },
    data: { messageId: id, kind: 'template', runId },
  })
  enqueueSending(ctx, tx, number.id, id)
  return { messageId: id }
}
