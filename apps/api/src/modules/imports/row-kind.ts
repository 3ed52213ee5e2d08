import type { Ctx, MerchantTx } from '../../context.ts'
import type { StoredImport } from './imports.queries.ts'
import type { SettledRow, StoredRow } from './rows.queries.ts'

/** Every row after this one, for one that is tried again when all the others are done. */
export const afterAll = 2_147_483_647

/** What rows of a kind of list do, and how it is taken back. */
export interface RowKind {
  /**
   * What some rows do, by the facts of this moment, in a few statements whatever their number; carried out if the pass
   * does that. A trial sees what the rows before these would have done; a run finds it in the base.
   */
  workOff(
    ctx: Ctx,
    tx: MerchantTx,
    of: StoredImport,
    rows: readonly StoredRow[],
    options?: { readonly alone?: boolean },
  ): Promise<SettledRow[]>
  /** Takes done rows back, the last first; answers for each whether it was, or was left because of others. */
  takeBack(ctx: Ctx, tx: MerchantTx, rows: readonly StoredRow[], cause: object): Promise<boolean[]>
}
