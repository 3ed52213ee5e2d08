import { describe, expect, it } from 'vitest'
import { readState } from '../../lib/url-state.ts'
import { carriersShape, lacksPickupPlace } from './parts.ts'

const settings = {
  pickupPlaceId: null,
  pickupName: null,
  pickupPhone: null,
  pickupAddress: null,
  payoutDays: null,
  payoutRhythm: null,
  callsPerHour: 100,
  signedWebhook: true,
}

describe('a connected account lacks its pick-up place', () => {
  it('when its carrier asks for one and none is chosen', () => {
    expect(lacksPickupPlace({ status: 'connected', settings }, { pickupPlace: true })).toBe(true)
    expect(
      lacksPickupPlace({ status: 'connected', settings: { ...settings, pickupPlaceId: '12' } }, { pickupPlace: true }),
    ).toBe(false)
  })

  it('not while its keys are tried, nor for a carrier that never asks', () => {
    expect(lacksPickupPlace({ status: 'connecting', settings }, { pickupPlace: true })).toBe(false)
    expect(lacksPickupPlace({ status: 'connected', settings }, { pickupPlace: false })).toBe(false)
    expect(lacksPickupPlace({ status: 'connected', settings }, undefined)).toBe(false)
  })
})

it('opens the places that wait for a person first', () => {
  const state = readState(carriersShape, new URLSearchParams('account=a&part=cities&review=anything'))
  expect(state).toEqual({ account: 'a', part: 'cities', review: 'weak' })
})
