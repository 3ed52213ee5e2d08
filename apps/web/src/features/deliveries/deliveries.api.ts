import type { SettleDelivery } from '@sendocki/domain/deliveries/route'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

/** Keys begin with the noun that the stream names: a parcel that moves moves the day. */
export const routeQuery = queryOptions({
  queryKey: ['parcel', 'route'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/driver/route', { signal })),
})

const at = (parcelId: string) => ({ params: { path: { parcelId } } })

/** Said once, however often the button is pressed: the key belongs to the opened sheet. */
export const settleDelivery = (parcelId: string, body: SettleDelivery, key: string) =>
  bodyOf(
    api.POST('/api/v1/driver/deliveries/{parcelId}', { ...at(parcelId), body, headers: { 'Idempotency-Key': key } }),
  )

export const undoDelivery = (parcelId: string) =>
  bodyOf(api.POST('/api/v1/driver/deliveries/{parcelId}/undo', at(parcelId)))
