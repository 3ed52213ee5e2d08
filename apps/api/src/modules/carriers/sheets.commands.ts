import { type SheetLayout, usualLayout } from '@sendocki/domain/carriers/sheet'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { findAccount } from './carriers.queries.ts'
import { findLayout, saveLayout } from './sheets.queries.ts'

/** How the file for the carrier's portal is laid out: as somebody chose it, else as most portals ask. */
export const layoutOf = async (tx: MerchantTx, carrierAccountId: string): Promise<SheetLayout> =>
  (await findLayout(tx, carrierAccountId)) ?? usualLayout

const assertAccount = async (tx: MerchantTx, id: string): Promise<void> => {
  if (!(await findAccount(tx, id))) throw new Refused('carrier_account.not_found')
}

export const readLayout = (ctx: Ctx, carrierAccountId: string): Promise<SheetLayout> =>
  ctx.read(async (tx) => {
    await assertAccount(tx, carrierAccountId)
    return layoutOf(tx, carrierAccountId)
  })

/** Remembers how the portal wants its file. */
export const chooseLayout = (ctx: Ctx, carrierAccountId: string, layout: SheetLayout): Promise<SheetLayout> =>
  ctx.transaction(async (tx) => {
    await assertAccount(tx, carrierAccountId)
    await saveLayout(tx, carrierAccountId, layout, ctx.now.toISOString())
    ctx.record(tx, {
      type: 'carrier_account.sheet_chosen',
      subject: { kind: 'carrier_account', id: carrierAccountId },
      after: { columns: layout.columns.map(({ field }) => field), phoneFormat: layout.phoneFormat },
    })
    return layout
  })
