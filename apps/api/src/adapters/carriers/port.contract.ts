import { expect, it } from 'vitest'
import { CarrierCallFailed, type CarrierConnection, type CarrierPort, type ParcelRequest } from './port.ts'

/** What an adapter's suite needs from the outside world; each carrier's sandbox gives it in its own way. */
export interface CarrierPortWorld {
  readonly port: CarrierPort
  readonly connection: CarrierConnection
  /** A place that the carrier serves, and one that it does not. */
  readonly placeId: string
  readonly unknownPlaceId: string
  break(kind: 'timeout_after_success' | 'http_429' | 'http_500' | 'bad_json' | 'outage', times?: number): Promise<void>
  mend(): Promise<void>
  revokeToken(): Promise<void>
  /** The carrier's own word about a parcel, and what it means. */
  tell(trackingNumber: string, word: 'picked_up' | 'new'): Promise<void>
  countWithReference(reference: string): Promise<number>
}

let lastReference = 0
export const requestFor = (placeId: string, change: Partial<ParcelRequest> = {}): ParcelRequest => {
  lastReference += 1
  return {
    reference: `CONTRACT-${lastReference}`,
    placeId,
    recipientName: 'Salma Test',
    phone: '+212612345678',
    address: '12 rue Exemple, imm. 4',
    amountCentimes: 24_900,
    products: [{ name: 'Lampe solaire', quantity: 1 }],
    comment: 'Appeler avant',
    allowOpen: true,
    allowTry: false,
    exchangeOf: null,
    ...change,
  }
}

const failure = async (call: Promise<unknown>): Promise<CarrierCallFailed> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(CarrierCallFailed)
  return error as CarrierCallFailed
}

/** The promises that every adapter of a carrier keeps. */
export const carrierPortContract = (world: () => CarrierPortWorld): void => {
  const booked = async () => {
    const { port, connection, placeId } = world()
    const { value } = await port.book(connection, requestFor(placeId))
    if (value.kind !== 'accepted') throw new Error(`The parcel was not accepted: ${JSON.stringify(value)}`)
    return value.parcel
  }

  it('connects, and tells refused credentials from everything else', async () => {
    const { port, connection } = world()
    expect((await port.connect(connection)).token).not.toBeNull()
    const credentials = Object.fromEntries(Object.keys(connection.credentials).map((name) => [name, 'wrong']))
    expect((await failure(port.connect({ ...connection, credentials }))).kind).toBe('credentials')
  })

  it('lists places, with fees in centimes and some that parcels are fetched from', async () => {
    const { port, connection } = world()
    const { value: places } = await port.places(connection)
    expect(new Set(places.map(({ id }) => id)).size).toBe(places.length)
    expect(places.some(({ pickup }) => pickup)).toBe(true)
    expect(places.every(({ deliveredFeeCentimes: fee }) => fee === null || (Number.isInteger(fee) && fee > 0))).toBe(
      true,
    )
  })

  it('books a parcel that a search by our reference finds', async () => {
    const { port, connection, placeId } = world()
    const request = requestFor(placeId)
    const { value, session } = await port.book(connection, request)
    expect(value.kind).toBe('accepted')
    const found = await port.findByReference({ ...connection, session }, request.reference)
    expect(found.value.map(({ reference }) => reference)).toEqual([request.reference])
    expect((await port.findByReference(connection, `${request.reference}-none`)).value).toEqual([])
  })

  it('says why a parcel is rejected', async () => {
    const { port, connection, unknownPlaceId } = world()
    const { value } = await port.book(connection, requestFor(unknownPlaceId))
    expect(value).toMatchObject({ kind: 'rejected', reasons: [expect.any(String)] })
  })

  it('never calls a lost answer a failure', async () => {
    const { port, connection, placeId } = world()
    for (const kind of ['timeout_after_success', 'http_500', 'bad_json'] as const) {
      const request = requestFor(placeId)
      await world().break(kind, 1)
      expect((await port.book(connection, request)).value).toEqual({ kind: 'unknown' })
      await world().mend()
      expect(await world().countWithReference(request.reference)).toBeLessThanOrEqual(1)
    }
  })

  it('takes no success out of an answer that is none', async () => {
    const { port, connection } = world()
    const { trackingNumber } = await booked()
    for (const kind of ['http_500', 'bad_json', 'outage'] as const) {
      await world().break(kind)
      const calls = [
        () => port.places(connection),
        () => port.findByReference(connection, 'x'),
        () => port.track(connection, trackingNumber),
      ]
      for (const call of calls) expect((await failure(call())).kind).toBe('unavailable')
      await world().mend()
    }
  })

  it('passes on how long a busy carrier wants to be left alone', async () => {
    const { port, connection } = world()
    await world().break('http_429')
    const { kind, retryAfterSeconds } = await failure(port.places(connection))
    expect([kind, retryAfterSeconds]).toEqual(['busy', 30])
    await world().mend()
  })

  it('logs in again when its session has died, and gives the new one back', async () => {
    const { port, connection } = world()
    const session = await port.connect(connection)
    await world().revokeToken()
    const kept = await port.findByReference({ ...connection, session }, 'x')
    expect(kept.session.token).not.toBe(session.token)
  })

  it('follows a parcel, keeps an unknown word as it is, and knows when it knows nothing', async () => {
    const { port, connection } = world()
    const { trackingNumber } = await booked()
    await world().tell(trackingNumber, 'picked_up')
    await world().tell(trackingNumber, 'new')
    const { value: news } = await port.track(connection, trackingNumber)
    expect(news?.map(({ word }) => word)).toEqual(
      expect.arrayContaining([{ kind: 'known', status: 'picked_up' }, expect.objectContaining({ kind: 'unknown' })]),
    )
    expect((await port.track(connection, 'NOTHING')).value).toBeNull()
  })

  it('calls a parcel off until it is fetched, and again without harm', async () => {
    const { port, connection } = world()
    const first = await booked()
    expect((await port.cancel(connection, first.trackingNumber)).value).toBe('cancelled')
    expect((await port.cancel(connection, first.trackingNumber)).value).toBe('cancelled')
    const second = await booked()
    await world().tell(second.trackingNumber, 'picked_up')
    expect((await port.cancel(connection, second.trackingNumber)).value).toBe('too_late')
  })

  it('prints labels as PDF', async () => {
    const { port, connection } = world()
    const parcels = [await booked(), await booked()]
    const numbers = parcels.map(({ trackingNumber }) => trackingNumber)
    const { value } = await port.label(connection, numbers, '100x150')
    expect(value.subarray(0, 5).toString()).toBe('%PDF-')
  })
}
