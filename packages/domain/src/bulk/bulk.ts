import type { Permission } from '../permissions.ts'

/*
 * One action on many orders: chosen by ids or by a filter, done in the background, answered row by row. Source: api.md 1.
 */

export const bulkActions = ['move', 'assign', 'tag', 'ship'] as const
export type BulkAction = (typeof bulkActions)[number]

/** The most orders of one operation. */
export const mostBulkRows = 5_000
/** How many orders are changed in one transaction. */
export const bulkChunk = 100

/** `running` until every row has its outcome; `stopping` until the chunk under way is done. */
export const bulkStatuses = ['running', 'stopping', 'stopped', 'done'] as const
export type BulkStatus = (typeof bulkStatuses)[number]

export const bulkOutcomes = ['pending', 'done', 'refused'] as const
export type BulkOutcome = (typeof bulkOutcomes)[number]

/** Each action needs what the same action on one order needs. */
export const bulkPermissions: Readonly<Record<BulkAction, Permission>> = {
  move: 'orders.move',
  assign: 'orders.assign',
  tag: 'orders.edit',
  ship: 'parcels.create',
}

/** The tags of an order after some were added and others taken off; the order in which they stand is kept. */
export const tagsAfter = (
  tags: readonly string[],
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): string[] => [...tags.filter((tag) => !remove.includes(tag)), ...add.filter((tag) => !tags.includes(tag))]

/** An order carries no more. */
export const mostTags = 20
