import type { ImportKind } from '@sendocki/domain/imports/import'
import type { Rights } from '../../context.ts'
import { customerRows } from './customer-rows.commands.ts'
import { orderRows } from './order-rows.commands.ts'
import type { RowKind } from './row-kind.ts'

export const rowKinds: Readonly<Record<ImportKind, RowKind>> = { customers: customerRows, orders: orderRows }

/** Whether a role may load lists of a kind. Past orders are orders made, and each row finds whichever it names. */
export const mayImport = (role: Rights | null, kind: ImportKind): boolean =>
  role !== null &&
  role.permissions.has('customers.import') &&
  (kind === 'customers' || (role.permissions.has('orders.create') && role.scope.includes('all')))
