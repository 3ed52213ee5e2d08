import { codeTerm } from '@sendocki/domain/search/query'
import type { MerchantTx } from '../../context.ts'
import { addTerms, removeTerms } from '../search/index.ts'

/** A parcel's tracking number is searched for as long as it is the order's. */
export const setTrackingTerm = async (
  tx: MerchantTx,
  orderId: string,
  trackingNumber: string | null,
): Promise<void> => {
  await removeTerms(tx, [orderId], ['tracking'])
  const code = trackingNumber === null ? '' : codeTerm(trackingNumber)
  if (code !== '') await addTerms(tx, orderId, [{ kind: 'tracking', term: code }])
}
