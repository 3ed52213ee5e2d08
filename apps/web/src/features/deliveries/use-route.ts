import type { DriverRoute } from '@sendocki/domain/deliveries/route'
import { endOfDay } from '@sendocki/domain/time'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { keepScreen, keptScreen } from '../../lib/kept-screen.ts'
import { openMembership, useMe } from '../../lib/me.ts'
import { openOffline } from '../../lib/offline.ts'
import { routeQuery } from './deliveries.api.ts'

/**
 * The driver's day, read from the API and kept for a reload without network: only this member's, only until the day is
 * over. What was kept is shown at once and read again as soon as it can be.
 */
export const useRoute = () => {
  const me = useMe()
  const memberId = openMembership(me)?.memberId
  const [kept] = useState(() => {
    const found = keptScreen<DriverRoute>(Date.now())
    return found && openMembership(found.me)?.memberId === memberId ? found : null
  })
  const query = useQuery({
    ...routeQuery,
    ...(kept ? { initialData: kept.shown, initialDataUpdatedAt: kept.at } : {}),
  })
  const { data, dataUpdatedAt } = query
  useEffect(() => {
    // A day without stops is nothing to come back to.
    if (data && data.items.length > 0)
      keepScreen({
        path: '/deliveries',
        me,
        shown: data,
        at: dataUpdatedAt,
        until: Date.parse(endOfDay(data.day)),
      })
  }, [data, dataUpdatedAt, me])
  useEffect(() => void openOffline(), [])
  return query
}
