import { samplesOf } from '@sendocki/domain/whatsapp/filling'
import { bodyLongest } from '@sendocki/domain/whatsapp/template'
import { type Line, MessagingRefused, type NewTemplate } from '../../adapters/messaging/port.ts'
import type { JobCtx } from '../../context.ts'
import { GiveUp, type Handlers } from '../../jobs/engine.ts'
import { cardsToReview } from './carousels.commands.ts'
import { lineOf } from './numbers.commands.ts'
import { findNumber } from './numbers.queries.ts'
import { findTemplate, saveTemplate, type TemplateRow } from './templates.queries.ts'

/** Hands a template in at Meta. One that is there already, because an answer was lost, is taken as ours. */
const submit: Handlers['whatsapp.submit_template'] = async (ctx, { templateId, numberId }) => {
  const [row, number] = await ctx.read((tx) => Promise.all([findTemplate(tx, templateId), findNumber(tx, numberId)]))
  if (row?.state !== 'submitting' || !number) return
  const line = lineOf(ctx, number)
  const known = (await asJob(() => ctx.ports.messaging.templates(line))).find(
    ({ name, language }) => name === row.name && language === row.language,
  )
  try {
    const made = known ?? (await ctx.ports.messaging.createTemplate(line, await newOf(ctx, line, row)))
    await settle(ctx, row, { metaId: made.templateId, state: made.state, category: made.category })
  } catch (error) {
    if (!(error instanceof MessagingRefused) || error.failure.action === 'retry') throw error
    await settle(ctx, row, { state: 'rejected', reason: error.message })
  }
}

/** A refused token is a state that the screen of numbers shows: the template waits there to be handed in again. */
const asJob = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof MessagingRefused && error.failure.action !== 'retry')
      throw new GiveUp(error.failure.problem, error.message)
    throw error
  }
}

const newOf = async (ctx: JobCtx, line: Line, row: TemplateRow): Promise<NewTemplate> => {
  const { name, language, category, header, body, footer } = row
  const cards = await cardsToReview(ctx, row.cards, (file) => ctx.ports.messaging.uploadSample(line, file))
  if (cards === null) throw new GiveUp('media.not_ready', 'A card shows a file that is no longer there.')
  return {
    ...{ name, language, category, header, body, footer, cards },
    buttons: cards.length > 0 ? [] : row.buttons,
    examples: samplesOf(row, bodyLongest),
  }
}

const settle = (ctx: JobCtx, row: TemplateRow, change: Partial<Parameters<typeof saveTemplate>[2]>): Promise<void> =>
  ctx.transaction(async (tx) => {
    // A webhook may have been quicker than the answer: what it said stays.
    const now = await findTemplate(tx, row.id)
    if (now?.state !== 'submitting') return
    await saveTemplate(tx, row.id, { ...change, updatedAt: ctx.clock().toISOString() })
    ctx.record(tx, {
      type: 'template.submitted',
      subject: { kind: 'template', id: row.id },
      before: { state: row.state },
      after: { state: change.state },
    })
  })

export const templateJobs = { 'whatsapp.submit_template': submit } satisfies Partial<Handlers>
