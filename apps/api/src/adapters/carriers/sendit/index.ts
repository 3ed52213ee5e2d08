import type { LabelFormat } from '@sendocki/domain/parcels/parcel-schema'
import {
  type BookedParcel,
  type BookingResult,
  CarrierCallFailed,
  type CarrierConnection,
  type CarrierPlace,
  type CarrierPort,
  type CarrierSession,
  type Kept,
} from '../port.ts'
import { type Answer, AnswerLost, type Call, type SenditHttp, senditHttp } from './http.ts'
import { asList, asObject, asText, bodyOf, bookedOf, pickupBodyOf, placeOf, reasonsOf, trackingOf } from './map.ts'

type Request = Omit<Call, 'token'>
const printFormats: Record<LabelFormat, number> = { a4: 0, '100x150': 1 }
/** A stop for a pager that never ends; Sendit lists some 600 districts. */
const pagesMax = 100

const isSuccess = ({ status, body }: Answer): boolean =>
  status >= 200 && status < 300 && body !== null && asObject(body).success !== false

/** Whether the answer says in so many words how the call went. */
const isSaid = ({ status, body }: Answer): boolean => status >= 400 || typeof asObject(body).success === 'boolean'

/** An answer that does not tell whether the call was acted upon. */
const isDoubtful = ({ status, body }: Answer): boolean => body === null || status >= 500 || status === 408

const dataOf = ({ body }: Answer): unknown => asObject(body).data

/** A plain no, or no usable answer at all. An error inside a 200 is a no. */
const failureOf = (answer: Answer): CarrierCallFailed => {
  const why = reasonsOf(answer.body).join(' ') || `Sendit answered ${answer.status}.`
  return new CarrierCallFailed(isDoubtful(answer) ? 'unavailable' : 'refused', why)
}

const login = async (http: SenditHttp, { credentials }: CarrierConnection): Promise<CarrierSession> => {
  const body = { public_key: credentials.publicKey, secret_key: credentials.secretKey }
  const answer = await http.call({ method: 'POST', path: '/login', token: null, body }).catch(unavailable)
  const token = asText(asObject(dataOf(answer)).token)
  if (isSuccess(answer) && token !== null) return { token }
  if (answer.status >= 500 || answer.body === null) throw failureOf(answer)
  throw new CarrierCallFailed('credentials', 'Sendit refused the keys.')
}

const unavailable = (error: unknown): never => {
  throw error instanceof AnswerLost ? new CarrierCallFailed('unavailable', error.message) : error
}

const isExpired = ({ status }: Answer): boolean => status === 401 || status === 403

/** One call, with one new login when the token has died. What was lost on the way stays lost: `AnswerLost`. */
const send = async (http: SenditHttp, connection: CarrierConnection, request: Request): Promise<Kept<Answer>> => {
  const session = connection.session.token === null ? await login(http, connection) : connection.session
  const answer = await http.call({ ...request, token: session.token })
  if (!isExpired(answer)) return { value: answer, session }
  const renewed = await login(http, connection)
  const again = await http.call({ ...request, token: renewed.token })
  if (isExpired(again)) throw new CarrierCallFailed('credentials', 'Sendit refused the keys.')
  return { value: again, session: renewed }
}

/** A call that may be repeated: lost answers count as an outage. */
const ask = (http: SenditHttp, connection: CarrierConnection, request: Request): Promise<Kept<Answer>> =>
  send(http, connection, request).catch(unavailable)

/** A call that must not be repeated blindly: null when its answer was lost. */
const sendOnce = (http: SenditHttp, connection: CarrierConnection, request: Request): Promise<Kept<Answer> | null> =>
  send(http, connection, request).catch((error: unknown) => {
    if (error instanceof AnswerLost) return null
    throw error
  })

const isMissing = (answer: Answer): boolean =>
  answer.status === 404 || (answer.status === 200 && asObject(answer.body).success === false)

/** Walks a Laravel pager to its end. */
const everyPage = async (
  http: SenditHttp,
  connection: CarrierConnection,
  path: string,
): Promise<Kept<readonly unknown[]>> => {
  const rows: unknown[] = []
  let current = connection
  for (let page = 1; page <= pagesMax; page += 1) {
    const separator = path.includes('?') ? '&' : '?'
    const { value, session } = await ask(http, current, { method: 'GET', path: `${path}${separator}page=${page}` })
    if (!isSuccess(value)) throw failureOf(value)
    current = { ...connection, session }
    const pager = Array.isArray(dataOf(value)) ? asObject(value.body) : asObject(dataOf(value))
    // A list that cannot be read is not an empty one: a search that found nothing has consequences.
    if (!Array.isArray(pager.data)) throw new CarrierCallFailed('unavailable', 'Sendit sent no list.')
    rows.push(...asList(pager.data))
    if (!(Number(pager.last_page) > page)) return { value: rows, session }
  }
  throw new CarrierCallFailed('unavailable', 'Sendit lists more pages than can be.')
}

/** Sendit lists all districts at once; the fee depends on where the parcel is fetched. */
const places = async (http: SenditHttp, connection: CarrierConnection): Promise<Kept<readonly CarrierPlace[]>> => {
  const { pickupPlaceId } = connection.settings
  const query = pickupPlaceId ? `?pickup-district=${encodeURIComponent(pickupPlaceId)}` : ''
  const all = await everyPage(http, connection, `/districts${query}`)
  const next = { ...connection, session: all.session }
  const origins = await ask(http, next, { method: 'GET', path: '/districts/pickup-cities' })
  const data = isSuccess(origins.value) ? dataOf(origins.value) : []
  const pickups = new Set((Array.isArray(data) ? data : asList(asObject(data).data)).map((row) => placeOf(row)?.id))
  const known = all.value.flatMap((row) => placeOf(row) ?? [])
  return {
    value: known.map((place) => ({ ...place, pickup: place.pickup || pickups.has(place.id) })),
    session: origins.session,
  }
}

/** The one call that must not be repeated blindly: whatever leaves doubt is `unknown`. */
const book: (http: SenditHttp) => CarrierPort['book'] = (http) => async (connection, request) => {
  const { pickupPlaceId } = connection.settings
  if (!pickupPlaceId) throw new CarrierCallFailed('refused', 'The account has no pick-up district.')
  const sent = await sendOnce(http, connection, {
    method: 'POST',
    path: '/deliveries',
    body: bodyOf(request, pickupPlaceId),
  })
  if (!sent) return { value: { kind: 'unknown' }, session: connection.session, answered: false }
  return { value: resultOf(sent.value), session: sent.session, answered: !isDoubtful(sent.value) }
}

const resultOf = (answer: Answer): BookingResult => {
  if (isSuccess(answer)) {
    const parcel = bookedOf(dataOf(answer))
    return parcel ? { kind: 'accepted', parcel } : { kind: 'unknown' }
  }
  if (isDoubtful(answer)) return { kind: 'unknown' }
  const reasons = reasonsOf(answer.body)
  return { kind: 'rejected', reasons: reasons.length > 0 ? reasons : [`HTTP ${answer.status}`] }
}

export const createSendit = (baseUrl: string, sandboxUrl: string | null = null): CarrierPort => {
  const http = senditHttp(baseUrl.replace(/\/$/, ''), sandboxUrl)
  return {
    connect: (connection) => login(http, connection),
    places: (connection) => places(http, connection),
    book: book(http),
    findByReference: async (connection, reference) => {
      // The search is free text over many fields: only an equal reference counts.
      const found = await everyPage(http, connection, `/deliveries?querystring=${encodeURIComponent(reference)}`)
      const parcels = found.value.flatMap((row): BookedParcel[] => [bookedOf(row)].flatMap((parcel) => parcel ?? []))
      return { ...found, value: parcels.filter((parcel) => parcel.reference === reference) }
    },
    track: async (connection, trackingNumber) => {
      const path = `/deliveries/${encodeURIComponent(trackingNumber)}`
      const { value, session } = await ask(http, connection, { method: 'GET', path })
      if (isMissing(value)) return { value: null, session }
      if (!isSuccess(value)) throw failureOf(value)
      return { value: trackingOf(dataOf(value)), session }
    },
    cancel: async (connection, trackingNumber) => {
      const path = `/deliveries/${encodeURIComponent(trackingNumber)}`
      const { value, session } = await ask(http, connection, { method: 'DELETE', path })
      // A parcel that is not there any more was cancelled by the call whose answer we lost.
      if ((isSuccess(value) && isSaid(value)) || value.status === 404) return { value: 'cancelled', session }
      const failure = failureOf(value)
      if (failure.kind !== 'refused') throw failure
      if (!isSaid(value)) throw new CarrierCallFailed('unavailable', failure.message)
      return { value: 'too_late', session }
    },
    label: async (connection, trackingNumbers, format) => {
      const body = { codesToPrint: trackingNumbers.join(','), printFormat: printFormats[format] }
      const { value, session } = await ask(http, connection, { method: 'POST', path: '/deliveries/getlabels', body })
      const { fileUrl, filePrint } = asObject(dataOf(value))
      const url = asText(fileUrl) ?? asText(filePrint)
      if (!isSuccess(value) || url === null) throw failureOf(value)
      const pdf = await http.download(url)
      if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-')))
        throw new CarrierCallFailed('unavailable', 'The label is no PDF.')
      return { value: pdf, session }
    },
    requestPickup: async (connection, pickup) => {
      const sent = await sendOnce(http, connection, { method: 'POST', path: '/pickups', body: pickupBodyOf(pickup) })
      if (!sent || isDoubtful(sent.value))
        return { value: null, session: sent?.session ?? connection.session, answered: false }
      if (!isSuccess(sent.value)) throw failureOf(sent.value)
      return { value: asText(asObject(dataOf(sent.value)).code), session: sent.session }
    },
  }
}
