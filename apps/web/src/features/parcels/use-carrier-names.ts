import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useCan } from '../../lib/me.ts'
import { carrierAccountsQuery } from './parcels.api.ts'

const useAccounts = () => {
  const can = useCan()
  return useQuery({ ...carrierAccountsQuery, enabled: can('carriers.read') }).data
}

/** What the merchant calls each carrier account; empty for roles that may not read them. */
export const useCarrierNames = (): ReadonlyMap<string, string> => {
  const data = useAccounts()
  return useMemo(() => new Map(data?.items.map(({ id, name }) => [id, name])), [data])
}

/** Accounts whose parcels are followed by people, because their carrier has no API. */
export const useManualAccounts = (): ReadonlySet<string> => {
  const data = useAccounts()
  return useMemo(() => new Set(data?.items.filter(({ carrier }) => carrier === 'manual').map(({ id }) => id)), [data])
}
