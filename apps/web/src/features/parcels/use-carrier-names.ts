import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useCan } from '../../lib/me.ts'
import { carrierAccountsQuery } from './parcels.api.ts'

/** What the merchant calls each carrier account; empty for roles that may not read them. */
export const useCarrierNames = (): ReadonlyMap<string, string> => {
  const can = useCan()
  const { data } = useQuery({ ...carrierAccountsQuery, enabled: can('carriers.read') })
  return useMemo(() => new Map(data?.items.map(({ id, name }) => [id, name])), [data])
}
