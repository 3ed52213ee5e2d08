import { beforeAll, describe } from 'vitest'
import { startOutside } from '../../../../../../tests/support/outside.ts'
import { type CarrierPortWorld, carrierPortContract } from '../port.contract.ts'
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
