import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type DeliveryDefaults, lackingOptions, optionsOf } from './options.ts'

const word = fc.constantFrom(true, false, null, undefined)
const place = fc.constantFrom('home' as const, 'agency' as const, null, undefined)
const defaults = fc
  .record({ allowOpen: word, allowTry: word, fragile: word, deliverTo: place })
  .map(
    (said) => Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as DeliveryDefaults,
  )

it('takes the order’s own word, then the products’, then the store’s', () => {
  const store = { allowOpen: true, allowTry: true, fragile: false, deliverTo: 'agency' } as const
  expect(optionsOf({}, [], store)).toEqual(store)
  expect(optionsOf({}, [{ allowOpen: false }], store)).toEqual({ ...store, allowOpen: false })
  expect(optionsOf({ allowOpen: true, deliverTo: 'home' }, [{ allowOpen: false }], store)).toEqual({
    ...store,
    deliverTo: 'home',
  })
  expect(optionsOf({}, [], {})).toEqual({ allowOpen: null, allowTry: null, fragile: null, deliverTo: 'home' })
})

it('lets the careful product decide for the whole parcel', () => {
  const one = { allowOpen: true, fragile: false }
  const other = { allowOpen: false, fragile: true }
  expect(optionsOf({}, [one, other], {})).toMatchObject({ allowOpen: false, fragile: true })
})

it('never overrides what was asked, and does not depend on the order of the products', () => {
  fc.assert(
    fc.property(defaults, fc.array(defaults, { maxLength: 4 }), defaults, (asked, products, store) => {
      const options = optionsOf(asked, products, store)
      for (const name of ['allowOpen', 'allowTry', 'fragile', 'deliverTo'] as const)
        if (asked[name] != null) expect(options[name]).toBe(asked[name])
      const { deliverTo: _place, ...turned } = optionsOf(asked, [...products].reverse(), store)
      expect(options).toMatchObject(turned)
    }),
  )
})

const all = { allowOpen: true, allowTry: true, fragile: true, exchange: true, agencyDelivery: true }
const none = { allowOpen: false, allowTry: false, fragile: false, exchange: false, agencyDelivery: false }
const quiet = { allowOpen: null, allowTry: null, fragile: null, deliverTo: 'home', exchangeOfOrderId: null } as const

it('names what a carrier lacks, and nothing that was not asked', () => {
  expect(lackingOptions(quiet, none)).toEqual([])
  expect(lackingOptions({ ...quiet, fragile: false }, none)).toEqual([])
  const asked = {
    allowOpen: false,
    allowTry: true,
    fragile: true,
    deliverTo: 'agency',
    exchangeOfOrderId: 'o',
  } as const
  expect(lackingOptions(asked, none)).toEqual(['allowOpen', 'allowTry', 'fragile', 'exchange', 'agencyDelivery'])
  expect(lackingOptions(asked, all)).toEqual([])
  expect(lackingOptions(asked, { ...all, exchange: false })).toEqual(['exchange'])
})
