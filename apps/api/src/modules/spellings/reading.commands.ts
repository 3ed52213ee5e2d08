import { readAddress } from '@sendocki/domain/orders/arrival'
import type { MerchantTx } from '../../context.ts'
import { findByKey } from './spellings.queries.ts'

/** An address whose city was read, by the table of cities or by the merchant's own spelling. */
export type SpelledAddress = ReturnType<typeof readAddress> & { readonly citySpellingId: string | null }

/**
 * Reads a city that the table of cities leaves open by what a person of this merchant said that it means. Nothing is
 * asked where the city is known.
 */
export const withSpelling = async (
  tx: MerchantTx,
  address: ReturnType<typeof readAddress>,
): Promise<SpelledAddress> => {
  const known = address.cityKey === null ? undefined : await findByKey(tx, address.cityKey)
  if (!known) return { ...address, citySpellingId: null }
  const { addressLine: line, district, landmark, cityText } = address
  return { ...readAddress({ line, city: known.cityId, district, landmark }), cityText, citySpellingId: known.id }
}

export const readSpelledAddress = (tx: MerchantTx, typed: Parameters<typeof readAddress>[0]): Promise<SpelledAddress> =>
  withSpelling(tx, readAddress(typed))
