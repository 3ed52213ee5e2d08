import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startOutside } from '../../../../../../tests/support/outside.ts'
import { type CarrierPortWorld, carrierPortContract, requestFor } from '../port.contract.ts'
import { CarrierCallFailed } from '../port.ts'
import { createSendit } from './index.ts'

const sandbox = await startOutside()
let world: CarrierPortWorld

const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const response = await fetch(`${sandbox.url}/control${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

beforeAll(async () => {
  const port = createSendit(`${sandbox.url}/sendit/api/v1`, sandbox.url)
  const bare = { credentials: { publicKey: 'demo', secretKey: 'demo' }, settings: {}, session: { token: null } }
  const { value: places, session } = await port.places(bare)
  const pickupPlaceId = places.find(({ pickup }) => pickup)?.id ?? ''
  const placeId = places.find(({ name }) => name === 'Rabat')?.id ?? ''
  world = {
    port,
    connection: { ...bare, settings: { pickupPlaceId }, session },
    placeId,
    unknownPlaceId: '999999',
    break: async (kind, times) => {
      const seconds = kind === 'http_429' ? 30 : kind === 'timeout_after_success' ? 0 : undefined
      await control('POST', '/faults', {
        provider: 'sendit',
        kind,
        ...(times ? { times } : {}),
        ...(seconds === undefined ? {} : { seconds }),
      })
    },
    mend: () => control('DELETE', '/faults'),
    revokeToken: () => control('POST', '/faults', { provider: 'sendit', kind: 'http_401', times: 1 }),
    tell: (trackingNumber, word) =>
      control('POST', `/parcels/${trackingNumber}`, { status: word === 'new' ? 'CHEZ_LE_VOISIN' : 'PICKEDUP' }),
    countWithReference: async (reference) => {
      const { parcels } = await control<{ parcels: { reference: string }[] }>('GET', '/state')
      return parcels.filter((parcel) => parcel.reference === reference).length
    },
  }
})

describe('Sendit, as every carrier', () => carrierPortContract(() => world))

/** A Sendit that answers whatever the test wants, and counts the calls. */
const oddAnswer = { status: 200, body: '', headers: {} as Record<string, string> }
const paths: string[] = []
const odd = createServer((req, res) => {
  paths.push(`${req.method} ${req.url}`)
  const login = req.url?.endsWith('/login')
  res.writeHead(login ? 200 : oddAnswer.status, login ? {} : oddAnswer.headers)
  res.end(login ? '{"success":true,"message":"","data":{"token":"t","name":"n"}}' : oddAnswer.body)
})

describe('an answer that is no success', () => {
  let port: ReturnType<typeof createSendit>
  const connection = {
    credentials: { publicKey: 'demo', secretKey: 'demo' },
    settings: { pickupPlaceId: '1' },
    session: { token: 't' },
  }
  beforeAll(async () => {
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
    port = createSendit(`http://127.0.0.1:${(odd.address() as { port: number }).port}/api/v1`)
  })
  afterAll(() => new Promise((resolve) => odd.close(resolve)))
  beforeEach(() => {
    paths.length = 0
    Object.assign(oddAnswer, { status: 200, body: '', headers: {} })
  })
  const failure = (call: Promise<unknown>) =>
    call.then(
      () => null,
      (error: unknown) => (error instanceof CarrierCallFailed ? error.kind : String(error)),
    )

  const html = '<!doctype html><title>Maintenance</title>'
  it.each([
    ['nothing', 200, '', 'unknown'],
    ['nothing, politely', 204, '', 'unknown'],
    ['a page', 200, html, 'unknown'],
    ['half a JSON text', 200, '{"success":true,"data":{"code":"DH', 'unknown'],
    ['null', 200, 'null', 'unknown'],
    ['a list', 200, '[]', 'unknown'],
    ['a text', 200, '"ok"', 'unknown'],
    ['an empty object', 200, '{}', 'unknown'],
    ['a failure of its own', 500, '{"success":false,"message":"Erreur"}', 'unknown'],
    ['a gateway that gave up', 504, html, 'unknown'],
    ['a no inside a 200', 200, '{"success":false,"message":"Ville non desservie"}', 'rejected'],
    ['a no inside a 201', 201, '{"success":false,"message":"Ville non desservie"}', 'rejected'],
    ['a plain no', 422, '{"message":"x","errors":{"phone":["Le téléphone est invalide."]}}', 'rejected'],
  ] as const)('%s (%i) is neither a parcel nor news nor a cancellation', async (_what, status, body, booked) => {
    Object.assign(oddAnswer, { status, body })
    expect((await port.book(connection, requestFor('1'))).value.kind).toBe(booked)
    const news = await port.track(connection, 'DH1').then(
      ({ value }) => value ?? [],
      () => [],
    )
    expect(news).toEqual([])
    const cancelled = await port.cancel(connection, 'DH1').then(
      ({ value }) => value,
      () => null,
    )
    expect(cancelled).not.toBe('cancelled')
    expect(await failure(port.label(connection, ['DH1'], 'a4'))).not.toBeNull()
    expect(await failure(port.places(connection))).not.toBeNull()
  })

  it('a success that names no parcel leaves the booking in doubt', async () => {
    oddAnswer.body = '{"success":true,"data":{}}'
    expect((await port.book(connection, requestFor('1'))).value).toEqual({ kind: 'unknown' })
    expect(await failure(port.findByReference(connection, 'CONTRACT-1'))).toBe('unavailable')
  })

  it.each([
    ['30', 30],
    ['0', 1],
    ['99999999', 3_600],
    [null, null],
    ['soon', null],
  ])('a 429 with Retry-After %s asks to be left alone for %s seconds', async (told, seconds) => {
    Object.assign(oddAnswer, { status: 429, body: '{}', headers: told === null ? {} : { 'retry-after': told } })
    const error = await port.book(connection, requestFor('1')).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'busy', retryAfterSeconds: seconds })
    expect(paths).toHaveLength(1)
  })

  it.each([401, 403])(
    'a %i makes it log in once more and ask once more, then the keys count as refused',
    async (status) => {
      Object.assign(oddAnswer, { status, body: '{"message":"Unauthenticated."}' })
      expect(await failure(port.book(connection, requestFor('1')))).toBe('credentials')
      expect(paths).toEqual(['POST /api/v1/deliveries', 'POST /api/v1/login', 'POST /api/v1/deliveries'])
    },
  )
})
