import { Refused } from '@sendocki/domain/result'
import {
  builtInSegments,
  isBuiltIn,
  mostSegments,
  type SegmentRule,
  unsoundTerm,
  usualRules,
} from '@sendocki/domain/segments/rules'
import type { CreateSegment, EditSegment, Segment } from '@sendocki/domain/segments/segment'
import type { Ctx, MerchantTx } from '../../context.ts'
import {
  allSegments,
  changeSegment,
  countFitting,
  countMembers,
  customersChanged,
  endOfStretch,
  forgetMembers,
  insertSegment,
  lockSegment,
  refreshMembers,
  removeSegment,
  type SegmentRow,
} from './segments.queries.ts'

const countCap = 1_000
const capped = (count: number) => ({ count: Math.min(count, countCap), capped: count > countCap })

/** A segment as rule and name, whether or not the merchant has a row for it. */
const everySegment = (rows: readonly SegmentRow[]): Omit<Segment, 'size'>[] => [
  ...builtInSegments.map((key) => {
    const row = rows.find((one) => one.key === key)
    return {
      id: key,
      key,
      name: null,
      rule: [...(row?.rule ?? usualRules[key])],
      changed: row !== undefined,
      version: row?.version ?? 1,
      updatedAt: row?.updatedAt ?? null,
    }
  }),
  ...rows
    .filter(({ key }) => key === null)
    .map(({ id, name, rule, version, updatedAt }) => ({
      id,
      key: null,
      name,
      rule: [...rule],
      changed: false,
      version,
      updatedAt,
    })),
]

const withSize = async (tx: MerchantTx, segment: Omit<Segment, 'size'>): Promise<Segment> => ({
  ...segment,
  size: capped(await countMembers(tx, segment.id, countCap)),
})

/** The built-in segments, then the merchant's own. */
export const readSegments = (ctx: Ctx): Promise<{ items: Segment[] }> =>
  ctx.read(async (tx) => ({
    items: await Promise.all(everySegment(await allSegments(tx)).map((segment) => withSize(tx, segment))),
  }))

const assertSound = (rule: SegmentRule): void => {
  const odd = unsoundTerm(rule)
  if (odd !== -1) throw new Refused('request.invalid', undefined, [{ path: `rule.${odd}.value`, code: 'invalid' }])
}

/** How many a rule would choose now. */
export const previewSegment = (ctx: Ctx, rule: SegmentRule): Promise<{ count: number; capped: boolean }> => {
  assertSound(rule)
  return ctx.read(async (tx) => capped(await countFitting(tx, rule, ctx.now, countCap)))
}

const readBack = async (tx: MerchantTx, id: string): Promise<Segment> => {
  const found = everySegment(await allSegments(tx)).find((segment) => segment.id === id)
  if (!found) throw new Refused('segment.not_found')
  return withSize(tx, found)
}

/** Who fits is found by a job: a merchant may have hundreds of thousands of customers. */
const refreshLater = (ctx: Ctx, tx: MerchantTx): void =>
  ctx.enqueue(
    tx,
    'segments.refresh',
    { merchantId: ctx.merchantId },
    { key: `segments.refresh:${ctx.merchantId}`, queue: `segments:${ctx.merchantId}` },
  )

export const createSegment = (ctx: Ctx, { name, rule }: CreateSegment): Promise<Segment> => {
  assertSound(rule)
  return ctx.transaction(async (tx) => {
    const rows = await allSegments(tx)
    if (rows.filter(({ key }) => key === null).length >= mostSegments)
      throw new Refused('segment.too_many', { most: mostSegments })
    const id = ctx.newId()
    const now = ctx.now.toISOString()
    await insertSegment(tx, { id, key: null, name: name.trim(), rule, createdAt: now, updatedAt: now })
    refreshLater(ctx, tx)
    ctx.record(tx, { type: 'segment.created', subject: { kind: 'segment', id }, after: { name, rule } })
    return readBack(tx, id)
  })
}

/** Changes a segment in the version that was read. A built-in one keeps its name and gets a row of its own. */
export const editSegment = (ctx: Ctx, id: string, { version, name, rule }: EditSegment): Promise<Segment> => {
  if (rule) assertSound(rule)
  return ctx.transaction(async (tx) => {
    const builtIn = isBuiltIn(id)
    const row = await lockSegment(tx, id, builtIn)
    if (!row && !builtIn) throw new Refused('segment.not_found')
    if ((row?.version ?? 1) !== version)
      throw new Refused('segment.changed_meanwhile', { current: await readBack(tx, id) })
    const now = ctx.now.toISOString()
    const rowId = row?.id ?? ctx.newId()
    const before = { name: row?.name ?? null, rule: row?.rule ?? (builtIn ? usualRules[id] : []) }
    const after = { name: builtIn ? null : (name?.trim() ?? before.name), rule: rule ?? before.rule }
    if (row) await changeSegment(tx, rowId, { ...after, updatedAt: now })
    else if (builtIn)
      await insertSegment(tx, { id: rowId, key: id, ...after, createdAt: now, updatedAt: now, version: version + 1 })
    refreshLater(ctx, tx)
    ctx.record(tx, {
      type: 'segment.edited',
      subject: { kind: 'segment', id: rowId },
      before,
      after,
      ...(builtIn ? { data: { key: id } } : {}),
    })
    return readBack(tx, id)
  })
}

/** Removes an own segment; a built-in one gets its usual rule back. */
export const deleteSegment = (ctx: Ctx, id: string): Promise<void> =>
  ctx.transaction(async (tx) => {
    const builtIn = isBuiltIn(id)
    const row = await lockSegment(tx, id, builtIn)
    if (!row) {
      if (builtIn) return
      throw new Refused('segment.not_found')
    }
    await removeSegment(tx, row.id)
    if (builtIn) refreshLater(ctx, tx)
    else await forgetMembers(tx, id)
    ctx.record(tx, {
      type: builtIn ? 'segment.restored' : 'segment.deleted',
      subject: { kind: 'segment', id: row.id },
      before: { name: row.name, rule: row.rule },
      ...(builtIn ? { data: { key: id } } : {}),
    })
  })

/** Customers looked at in one transaction. */
const stretch = 5_000
const beforeAll = '00000000-0000-0000-0000-000000000000'

const rulesOf = async (tx: MerchantTx) => everySegment(await allSegments(tx)).map(({ id, rule }) => ({ ref: id, rule }))

/** Brings every segment up to its rule, some thousands of customers a transaction. */
export const refreshAll = async (ctx: Ctx): Promise<void> => {
  let after: string | undefined = beforeAll
  while (after !== undefined) {
    const from: string = after
    after = await ctx.transaction(async (tx) => {
      const last = await endOfStretch(tx, from, stretch)
      if (last === undefined) return undefined
      for (const segment of await rulesOf(tx)) await refreshMembers(tx, segment, { after: from, last }, ctx.now)
      return last
    })
  }
  await ctx.transaction(async (tx) => {
    tx.outbox.changes.push({ noun: 'segment', id: null })
  })
}

/** Looks again at the customers whose orders changed lately. When they are very many, all are looked at. */
export const followChanges = async (ctx: Ctx, since: string): Promise<void> => {
  const ids = await ctx.read((tx) => customersChanged(tx, since, stretch))
  if (ids.length >= stretch) return refreshAll(ctx)
  if (ids.length === 0) return
  await ctx.transaction(async (tx) => {
    for (const segment of await rulesOf(tx)) await refreshMembers(tx, segment, { ids }, ctx.now)
    tx.outbox.changes.push({ noun: 'segment', id: null })
  })
}
