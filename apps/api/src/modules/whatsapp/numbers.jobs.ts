import {
  type CheckKind,
  checkKinds,
  type NumberCheck,
  type NumberStatus,
  qualityOf,
} from '@sendocki/domain/whatsapp/number'
import { type Failure, type LineFacts, MessagingRefused, type RemoteTemplate } from '../../adapters/messaging/port.ts'
import type { JobCtx, MerchantTx } from '../../context.ts'
import { GiveUp, type Handlers } from '../../jobs/engine.ts'
import { enqueueFetching } from './media.commands.ts'
import { waitingMedia } from './media.queries.ts'
import { enqueueSending } from './messages.commands.ts'
import { queuedMessages } from './messages.queries.ts'
import { lineOf, openSecrets, webhookUrlOf } from './numbers.commands.ts'
import { findNumber, type NumberRow, saveNumberState } from './numbers.queries.ts'
import { storeTemplates } from './templates.commands.ts'

interface Findings {
  readonly checks: NumberCheck[]
  facts: LineFacts | null
  templates: readonly RemoteTemplate[] | null
  failure: Failure | null
}

/** Asks one thing of Meta; a plain refusal is the result of a check, an outage is for the job to try again. */
const look = async <T>(findings: Findings, kind: CheckKind, ask: () => Promise<T>): Promise<T | null> => {
  try {
    const value = await ask()
    findings.checks.push({ kind, result: 'passed', code: null })
    return value
  } catch (error) {
    if (!(error instanceof MessagingRefused)) throw error
    findings.failure ??= error.failure
    findings.checks.push({ kind, result: 'failed', code: error.failure.code })
    return null
  }
}

/** Runs the checks in their order; what depends on a failed one waits. */
const runChecks = async (ctx: JobCtx, row: NumberRow): Promise<Findings> => {
  const port = ctx.ports.messaging
  const line = lineOf(ctx, row)
  const findings: Findings = { checks: [], facts: null, templates: null, failure: null }
  findings.facts = await look(findings, 'number', () => port.line(line))
  const [number] = findings.checks
  // A refused token and an unknown line come back from the same question: the code tells which of them it is.
  if (number?.result === 'failed' && findings.failure?.action === 'reconnect') {
    findings.checks.splice(0, 1, { kind: 'token', result: 'failed', code: number.code })
    return findings
  }
  findings.checks.unshift({ kind: 'token', result: 'passed', code: null })
  const lines = await look(findings, 'account', () => port.lines(line))
  if (lines && !lines.includes(row.phoneNumberId)) Object.assign(findings.checks.at(-1) as object, { result: 'failed' })
  if (findings.checks.some(({ result }) => result === 'failed')) return findings
  findings.templates = await look(findings, 'templates', () => port.templates(line))
  const { verifyToken } = openSecrets(ctx, ctx.merchantId, row.id, row.credentials)
  await look(findings, 'subscription', () => port.subscribe(line, { url: webhookUrlOf(ctx, row.id), verifyToken }))
  return findings
}

/** Whether Meta reached our address is known by its question, which came while it was told of the address, or earlier. */
const withWebhook = (checks: readonly NumberCheck[], verifiedAt: string | null): NumberCheck[] =>
  checkKinds.flatMap((kind): NumberCheck[] => {
    if (kind === 'webhook') return [{ kind, result: verifiedAt === null ? 'waiting' : 'passed', code: null }]
    return checks.filter((check) => check.kind === kind)
  })

/** Messages can go out once token, line and account are right; the rest is shown as what is left to do. */
const statusAfter = ({ checks, failure }: Findings): { status: NumberStatus; problem: string | null } => {
  const failed = checks.find(
    ({ kind, result }) => result === 'failed' && kind !== 'subscription' && kind !== 'templates',
  )
  if (!failed) return { status: 'connected', problem: null }
  if (failed.kind === 'token') return { status: 'reconnect', problem: failure?.problem ?? 'whatsapp.token_refused' }
  return { status: 'action_needed', problem: `whatsapp.${failed.kind}_refused` }
}

const connect: Handlers['whatsapp.connect'] = async (ctx, { numberId }) => {
  const row = await ctx.read((tx) => findNumber(tx, numberId))
  if (!row) throw new GiveUp('whatsapp_number.not_found', 'The number is gone.')
  if (row.status === 'disconnected') return
  const findings = await runChecks(ctx, row)
  await ctx.transaction((tx) => settleChecks(ctx, tx, numberId, findings))
}

const settleChecks = async (ctx: JobCtx, tx: MerchantTx, numberId: string, findings: Findings): Promise<void> => {
  const row = await findNumber(tx, numberId)
  if (!row || row.status === 'disconnected') return
  const { facts, templates } = findings
  const now = ctx.clock().toISOString()
  const after = statusAfter(findings)
  await saveNumberState(tx, numberId, {
    ...after,
    checks: withWebhook(findings.checks, row.webhookVerifiedAt),
    checkedAt: now,
    ...(facts
      ? {
          displayPhone: facts.displayPhone,
          verifiedName: facts.verifiedName,
          quality: qualityOf(facts.quality),
          limitTier: facts.limitTier,
        }
      : {}),
    ...(after.status === 'connected' ? { pausedUntil: null } : {}),
  })
  if (after.status === 'connected') {
    for (const messageId of await queuedMessages(tx, numberId)) enqueueSending(ctx, tx, numberId, messageId)
    for (const mediaId of await waitingMedia(tx, numberId)) enqueueFetching(ctx, tx, mediaId)
  }
  if (templates) await storeTemplates(ctx, tx, row.businessAccountId, templates)
  ctx.record(tx, {
    type: after.status === 'connected' ? 'whatsapp_number.connected' : 'whatsapp_number.refused',
    subject: { kind: 'whatsapp_number', id: numberId },
    before: { status: row.status },
    after: { ...after },
  })
}

export const numberJobs = { 'whatsapp.connect': connect } satisfies Partial<Handlers>
