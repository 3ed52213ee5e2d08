import type { Permission } from '@sendocki/domain/permissions'
import { followClock } from '@sendocki/domain/time'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api, bodyOf } from './api.ts'

/** Who is signed in, in which merchant, with which rights. The shell waits for it, so that every screen may rely on it. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const me = await bodyOf(api.GET('/api/v1/me', { signal }))
    followClock(me.clock)
    return me
  },
  staleTime: Number.POSITIVE_INFINITY,
})

export type Me = Awaited<ReturnType<NonNullable<typeof meQuery.queryFn>>>
export type Membership = Me['memberships'][number]

export const useMe = (): Me => useSuspenseQuery(meQuery).data

/** The membership of the merchant that is open; null while the person belongs to none. */
export const openMembership = ({ memberships, merchant }: Me): Membership | null =>
  memberships.find(({ merchantId }) => merchantId === merchant?.id) ?? null

/** Whether the role holds the permission. The API enforces it; screens only hide what would be refused. */
export const can = (me: Me, permission: Permission): boolean =>
  openMembership(me)?.role.permissions.some((held) => held === permission) ?? false

/** `can('orders.move')` for the person who looks. */
export const useCan = (): ((permission: Permission) => boolean) => {
  const me = useMe()
  return (permission) => can(me, permission)
}
