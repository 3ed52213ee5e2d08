import {
  type Automation,
  type CreateAutomation,
  type EditAutomation,
  mostAutomations,
} from '@sendocki/domain/automations/automation'
import { type FitFacts, type FitFault, readinessFault, shapeFault } from '@sendocki/domain/automations/rules'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { findNumber, findTemplate, type NumberRow, type TemplateRow } from '../whatsapp/index.ts'
import {
  type AutomationRow,
  type AutomationView,
  countAutomations,
  insertAutomation,
  listAutomations,
  saveAutomation,
} from './automations.queries.ts'

/** Whether a number can write at all. */
export const isReady = ({ status }: Pick<NumberRow, 'status'>): boolean =>
  status !== 'disconnected' && status !== 'reconnect'

type Told = Pick<
  AutomationRow,
  'name' | 'numberId' | 'stageId' | 'templateId' | 'delaySeconds' | 'buttons' | 'silence' | 'retrigger' | 'enabled'
>
const told = (row: Told): Told => ({
  name: row.name,
  numberId: row.numberId,
  stageId: row.stageId,
  templateId: row.templateId,
  delaySeconds: row.delaySeconds,
  buttons: row.buttons,
  silence: row.silence,
  retrigger: row.retrigger,
  enabled: row.enabled,
})

const fitFacts = (row: Told, template: TemplateRow, number: NumberRow, { stages }: Pipeline): FitFacts => ({
  automation: row,
  template,
  numberReady: isReady(number),
  activeStageIds: new Set(stages.filter(({ active }) => active).map(({ id }) => id)),
})

const viewOf = ({ row, template, number }: AutomationView, pipeline: Pipeline): Automation => ({
  id: row.id,
  ...told(row),
  buttons: [...row.buttons],
  problem: readinessFault(fitFacts(row, template, number, pipeline))?.code ?? null,
  version: row.version,
})

export const readAutomations = (ctx: Ctx): Promise<{ items: Automation[] }> =>
  ctx.read(async (tx) => {
    const [rows, pipeline] = await Promise.all([listAutomations(tx), pipelineOf(tx)])
    return { items: rows.map((row) => viewOf(row, pipeline)) }
  })

export const automationAt = async (tx: MerchantTx, id: string): Promise<AutomationView> => {
  const [found] = await listAutomations(tx, id)
  if (!found) throw new Refused('automation.not_found')
  return found
}

const readBack = async (tx: MerchantTx, id: string): Promise<Automation> =>
  viewOf(await automationAt(tx, id), await pipelineOf(tx))

export const readAutomation = (ctx: Ctx, id: string): Promise<Automation> => ctx.read((tx) => readBack(tx, id))

const refuseFault = ({ code, path }: FitFault): never => {
  throw new Refused(code, { field: path })
}

/**
 * Refuses what does not fit: one rule for each button, stages that orders can enter. One that is to be switched on must be
 * able to send now as well.
 */
const assertFits = async (tx: MerchantTx, row: Told): Promise<void> => {
  const [number, template, pipeline] = await Promise.all([
    findNumber(tx, row.numberId),
    findTemplate(tx, row.templateId),
    pipelineOf(tx),
  ])
  if (!number) throw new Refused('whatsapp_number.not_found')
  // A template of another business account cannot be sent from this number.
  if (template?.businessAccountId !== number.businessAccountId) throw new Refused('template.not_found')
  const facts = fitFacts(row, template, number, pipeline)
  const fault = row.enabled ? readinessFault(facts) : shapeFault(facts)
  if (fault) refuseFault(fault)
}

/** Makes an automation, switched off. */
export const createAutomation = (ctx: Ctx, { retrigger = false, ...input }: CreateAutomation): Promise<Automation> =>
  ctx.transaction(async (tx) => {
    if ((await countAutomations(tx)) >= mostAutomations)
      throw new Refused('automation.too_many', { most: mostAutomations })
    const row = { ...input, retrigger, enabled: false, id: ctx.newId(), createdAt: ctx.now.toISOString() }
    await assertFits(tx, row)
    await insertAutomation(tx, row)
    ctx.record(tx, { type: 'automation.created', subject: { kind: 'automation', id: row.id }, after: told(row) })
    return readBack(tx, row.id)
  })

/** Changes an automation in the version that was read, or switches it on or off. */
export const editAutomation = (ctx: Ctx, id: string, { version, ...change }: EditAutomation): Promise<Automation> =>
  ctx.transaction(async (tx) => {
    const { row } = await automationAt(tx, id)
    const after = { ...row, ...change }
    if (row.version !== version) throw new Refused('automation.changed_meanwhile', { current: await readBack(tx, id) })
    // It can always be switched off, whatever became of its parts.
    if (after.enabled || Object.keys(change).some((field) => field !== 'enabled')) await assertFits(tx, after)
    if (!(await saveAutomation(tx, { id, version }, change)))
      throw new Refused('automation.changed_meanwhile', { current: await readBack(tx, id) })
    ctx.record(tx, {
      type: 'automation.edited',
      subject: { kind: 'automation', id },
      before: told(row),
      after: told(after),
      touches: [{ noun: 'pipeline', id: tx.merchantId }],
    })
    return readBack(tx, id)
  })

/** Takes an automation away. Its runs stay; those that have not been sent are cancelled when their time comes. */
export const deleteAutomation = (ctx: Ctx, id: string): Promise<null> =>
  ctx.transaction(async (tx) => {
    const { row } = await automationAt(tx, id)
    const gone = await saveAutomation(tx, row, { enabled: false, deletedAt: ctx.now.toISOString() })
    if (!gone) throw new Refused('automation.changed_meanwhile', { current: await readBack(tx, id) })
    ctx.record(tx, {
      type: 'automation.deleted',
      subject: { kind: 'automation', id },
      before: told(row),
      touches: [{ noun: 'pipeline', id: tx.merchantId }],
    })
    return null
  })
