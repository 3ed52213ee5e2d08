import type { TermKind } from '../search/query.ts'
import { type BlockMode, standingBlock } from './block.ts'

/*
 * Two customers that are one person: what the one who stays takes over, and how it goes back. Source: product.md 4 and
 * the promise that an undo undoes.
 */

/** What of a customer a merge may change. */
export interface MergedValues {
  readonly name: string
  readonly phone: string | null
  readonly alternatePhone: string | null
  readonly email: string | null
  readonly addressLine: string | null
  readonly district: string | null
  readonly landmark: string | null
  readonly cityText: string | null
  readonly cityId: string | null
  readonly regionCode: string | null
  readonly tags: readonly string[]
  readonly marketingConsent: boolean | null
  readonly consentSource: string | null
  readonly consentAt: string | null
  readonly blockMode: BlockMode | null
  readonly blockedUntil: string | null
}
export type MergedName = keyof MergedValues
export const mergedNames = [
  'name',
  'phone',
  'alternatePhone',
  'email',
  'addressLine',
  'district',
  'landmark',
  'cityText',
  'cityId',
  'regionCode',
  'tags',
  'marketingConsent',
  'consentSource',
  'consentAt',
  'blockMode',
  'blockedUntil',
] as const satisfies readonly MergedName[]

interface Both {
  readonly kept: MergedValues
  readonly merged: MergedValues
}
interface Term {
  readonly kind: TermKind
  readonly term: string
}

/** Everything that a merge moved, so that it can go back exactly. */
export interface MergeMemory {
  readonly orderIds: readonly string[]
  /** Orders that carry a block only since the merge. */
  readonly blockedOrderIds: readonly string[]
  /** Those that had been merged into the merged one before. */
  readonly customerIds: readonly string[]
  /** The block that went along, if one did. */
  readonly blockId: string | null
  readonly before: Both
  readonly after: Both
  /** The search terms that the kept one did not have, and those that the merged one gave up. */
  /** The hand on the merged one, which became that on the kept one; merges of before have none. */
  readonly leaseId?: string | null
  readonly terms: { readonly added: readonly Term[]; readonly given: readonly Term[] }
}

/** More orders than this are not moved in one go. */
export const mostMergedOrders = 5_000

const addressNames = ['addressLine', 'district', 'landmark', 'cityText', 'cityId', 'regionCode'] as const
const hasAddress = (values: MergedValues): boolean =>
  values.addressLine !== null || values.cityText !== null || values.cityId !== null

/** A refusal outweighs an agreement: nobody is written to who said no under one of their numbers. */
const consentOf = (kept: MergedValues, merged: MergedValues) => {
  const theirs =
    kept.marketingConsent === null || (kept.marketingConsent && merged.marketingConsent === false) ? merged : kept
  const { marketingConsent, consentSource, consentAt } = theirs
  return { marketingConsent, consentSource, consentAt }
}

/**
 * What both are after a merge: gaps of the kept one are filled, tags are put together, a standing block goes along. The
 * merged one keeps its own values, so that its phone leads on; only where the kept one has no phone does it give its own.
 */
export const mergeValues = (kept: MergedValues, merged: MergedValues, tagsMax: number, now: string): Both => {
  const gives = kept.phone === null
  const address = hasAddress(kept) ? kept : merged
  const block = standingBlock(kept, now) ? kept : standingBlock(merged, now) ? merged : kept
  const { blockMode, blockedUntil } = block
  return {
    kept: {
      ...kept,
      ...Object.fromEntries(addressNames.map((name) => [name, address[name]])),
      ...consentOf(kept, merged),
      name: kept.name === '–' ? merged.name : kept.name,
      phone: kept.phone ?? merged.phone,
      alternatePhone: kept.alternatePhone ?? merged.alternatePhone,
      email: kept.email ?? merged.email,
      tags: [...new Set([...kept.tags, ...merged.tags])].slice(0, tagsMax),
      blockMode,
      blockedUntil,
    },
    merged: { ...merged, ...(gives ? { phone: null } : {}), blockMode, blockedUntil },
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What goes back of one of the two: what nobody changed since. Of the tags those that the merge brought go. */
export const unmergedValues = (now: MergedValues, before: MergedValues, after: MergedValues): Partial<MergedValues> => {
  const back = mergedNames.filter((name) => !same(before[name], after[name]) && same(now[name], after[name]))
  const brought = after.tags.filter((tag) => !before.tags.includes(tag))
  return {
    ...Object.fromEntries(back.map((name) => [name, before[name]])),
    tags: now.tags.filter((tag) => !brought.includes(tag)),
  }
}

/** The names of what the kept one takes over. */
export const takenOver = (before: MergedValues, after: MergedValues): MergedName[] =>
  mergedNames.filter((name) => !same(before[name], after[name]))
