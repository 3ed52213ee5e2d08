/** What a block holds up: orders that are paid on delivery, or all of them. */
export const blockModes = ['cod', 'all'] as const
export type BlockMode = (typeof blockModes)[number]

/** A block as a customer or an order carries it. */
export interface CarriedBlock {
  readonly blockMode: BlockMode | null
  /** From then on it holds nothing up; null for good. */
  readonly blockedUntil: string | null
}

/** The block that stands at an instant, or null: one that ran out holds nothing up. */
export const standingBlock = (
  { blockMode, blockedUntil }: CarriedBlock,
  now: string,
): { readonly mode: BlockMode; readonly until: string | null } | null =>
  blockMode === null || (blockedUntil !== null && Date.parse(blockedUntil) <= Date.parse(now))
    ? null
    : { mode: blockMode, until: blockedUntil }

/** Whether a block concerns an order: one of cash on delivery only where there is cash to collect, or may be. */
export const concernsOrder = (mode: BlockMode, { codAmountCentimes }: { readonly codAmountCentimes: number | null }) =>
  mode === 'all' || codAmountCentimes === null || codAmountCentimes > 0
