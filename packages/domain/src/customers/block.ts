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

/** The block of an order's customer, where it concerns the order: one of cash on delivery only where cash is, or may be, due. */
export const orderBlock = (
  order: CarriedBlock & { readonly codAmountCentimes: number | null },
  now: string,
): ReturnType<typeof standingBlock> => {
  const block = standingBlock(order, now)
  return block?.mode === 'cod' && order.codAmountCentimes === 0 ? null : block
}
