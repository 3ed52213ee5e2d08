import type { Failure } from '../../adapters/messaging/port.ts'
import type { Ctx, MerchantTx } from '../../context.ts'
import { saveContact } from './conversations.queries.ts'
import type { MessageRow } from './messages.queries.ts'
import { type NumberRow, saveNumberState } from './numbers.queries.ts'
import { findNamed, saveTemplate } from './templates.queries.ts'

const templateStates: Readonly<Record<number, 'paused' | 'disabled'>> = { 132_015: 'paused', 132_016: 'disabled' }

/** Keeps what a refusal says beyond its own message: of the number, of the person, of the template. */
export const noteFailure = async (
  ctx: Ctx,
  tx: MerchantTx,
  about: { readonly number: NumberRow; readonly contactId: string; readonly message: MessageRow },
  failure: Failure,
): Promise<void> => {
  const { number, contactId, message } = about
  const now = ctx.clock()
  if (failure.scope === 'connection') return noteConnection(ctx, tx, number, failure)
  if (failure.scope === 'number' && failure.seconds !== null)
    await saveNumberState(tx, number.id, {
      pausedUntil: new Date(now.getTime() + failure.seconds * 1000).toISOString(),
    })
  if (failure.action === 'blocked')
    await saveContact(
      tx,
      contactId,
      failure.problem === 'message.opted_out'
        ? { optedOutAt: now.toISOString() }
        : { unreachableAt: now.toISOString() },
    )
  const state = templateStates[failure.code]
  const template = state && message.details.template
  if (!template) return
  const row = await findNamed(tx, number.businessAccountId, template)
  if (row) await saveTemplate(tx, row.id, { state, updatedAt: now.toISOString() })
}

/** Sending and fetching stop until the merchant has acted; what was to go out or come in waits. */
export const noteConnection = async (
  ctx: Ctx,
  tx: MerchantTx,
  number: NumberRow,
  { problem }: Failure,
): Promise<void> => {
  const status = problem === 'whatsapp.token_refused' ? 'reconnect' : 'action_needed'
  if (number.status === status || number.status === 'disconnected') return
  await saveNumberState(tx, number.id, { status, problem })
  ctx.record(tx, {
    type: 'whatsapp_number.refused',
    subject: { kind: 'whatsapp_number', id: number.id },
    before: { status: number.status },
    after: { status, problem },
  })
}
