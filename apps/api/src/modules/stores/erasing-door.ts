import type { Ctx, MerchantTx } from '../../context.ts'
export const findShopOrders = async (
  _tx: MerchantTx,
  _storeId: string,
  _externalIds: readonly string[],
): Promise<{ id: string; customerId: string }[]> => []
export const eraseShopOrders = async (
  _ctx: Ctx,
  _tx: MerchantTx,
  _storeId: string,
  _externalIds: readonly string[],
): Promise<void> => {}
export const eraseStorePersonalData = async (_ctx: Ctx, _tx: MerchantTx, _storeId: string): Promise<void> => {}
