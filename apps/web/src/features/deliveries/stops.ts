import type { DriverRoute, SettleDelivery, Stop } from '@sendocki/domain/deliveries/route'

type Place = Pick<Stop, 'addressLine' | 'district' | 'city'>

/** Where to ring, in one line, each part once. */
export const addressOf = ({ addressLine, district, city }: Place): string =>
  [...new Set([addressLine, district, city].flatMap((part) => part?.trim() || []))].join(', ')

/** The phone's own map, asked for the address: no key, no account, no tracking by us. */
export const mapLink = (stop: Place): string =>
  `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(`${addressOf(stop)}, Maroc`)}`

const options = ['allowOpen', 'allowTry', 'fragile'] as const

/** What the buyer may do at the door, and what to take care of. */
export const optionsOf = (stop: Pick<Stop, (typeof options)[number]>): (typeof options)[number][] =>
  options.filter((option) => stop[option] === true)

/** What was said at a door and waits for the network. */
export interface WaitingStop {
  readonly key: string
  readonly parcelId: string
  readonly number: number
  readonly body: SettleDelivery
}

/** The day as it will be once what waits has arrived: its stops are done, its money is in hand. */
export const withWaiting = (route: DriverRoute, waiting: readonly WaitingStop[]): DriverRoute => {
  const said = new Map(waiting.map((one) => [one.parcelId, one.body]))
  const isSaid = (stop: Stop): boolean => stop.state === 'open' && said.has(stop.parcelId)
  const taken = ({ parcelId, codAmountCentimes }: Stop): number | null => {
    const body = said.get(parcelId)
    return body?.outcome === 'delivered' ? (body.collectedCentimes ?? codAmountCentimes) : null
  }
  const waitingStops = route.items.filter(isSaid)
  const delivered = waitingStops.filter((stop) => taken(stop) !== null)
  return {
    ...route,
    openCount: route.openCount - waitingStops.length,
    deliveredCount: route.deliveredCount + delivered.length,
    failedCount: route.failedCount + waitingStops.length - delivered.length,
    inHandCentimes: delivered.reduce((sum, stop) => sum + (taken(stop) ?? 0), route.inHandCentimes),
    items: [
      ...route.items.filter(({ state, parcelId }) => state === 'open' && !said.has(parcelId)),
      ...waitingStops.map(
        (stop): Stop => ({
          ...stop,
          state: taken(stop) === null ? 'failed' : 'delivered',
          collectedCentimes: taken(stop),
        }),
      ),
      ...route.items.filter(({ state }) => state !== 'open'),
    ],
  }
}
