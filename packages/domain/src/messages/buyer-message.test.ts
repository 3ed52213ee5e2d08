import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  buyerMessage,
  buyerMessages,
  likelyMessage,
  type MessageFacts,
  tongueOf,
  tongues,
  whatsappLink,
} from './buyer-message.ts'

const facts: MessageFacts = {
  shop: 'Dar Argan',
  customerName: 'Salma Bennani',
  number: 10_421,
  products: ['Huile d’argan, 50 ml', 'Savon noir'],
  amountCentimes: 124_900,
  city: 'Salé',
}

describe('a message to a buyer', () => {
  it('names the person, the shop, the order, the goods, the sum and the city, in the tongue', () => {
    expect(buyerMessage('confirm', 'fr', facts).replaceAll('\u00A0', ' ')).toBe(
      'Bonjour Salma Bennani, ici Dar Argan. Votre commande n° 10421 est bien reçue : Huile d’argan, 50 ml et un autre article, 1 249 DH, livraison à Salé. La confirmez-vous ? Répondez « Oui » ou « Non ». Merci.',
    )
    expect(buyerMessage('confirm', 'darija_arabic', { ...facts, city: 'سلا' }).replaceAll('\u00A0', ' ')).toBe(
      'السلام عليكم Salma Bennani، معاكم Dar Argan. وصلنا الطلب ديالكم رقم 10421: Huile d’argan, 50 ml وحاجة أخرى، 1 249 درهم، التوصيل لسلا. واش نأكدوه ليكم؟ جاوبونا بـ «نعم» ولا «لا». شكرا.',
    )
    expect(buyerMessage('delivery_failed', 'darija_latin', { ...facts, products: ['Caftan'] })).toContain('Caftan, 1')
  })

  it('leaves out what is unknown or paid, and never has a gap', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...buyerMessages),
        fc.constantFrom(...tongues),
        fc.record({
          shop: fc.constant('Dar Argan'),
          customerName: fc.constantFrom('Salma', 'سعاد'),
          number: fc.integer({ min: 1, max: 999_999 }),
          products: fc.array(fc.constantFrom('Lampe', 'Caftan', 'شال'), { maxLength: 5 }),
          amountCentimes: fc.option(fc.integer({ min: 0, max: 99_999_999 })),
          city: fc.option(fc.constantFrom('Rabat', 'الرباط')),
        }),
        (message, tongue, some) => {
          const text = buyerMessage(message, tongue, some)
          expect(text).toContain(some.customerName)
          expect(text).toContain(String(some.number))
          expect(text).not.toMatch(/null|undefined|NaN|\(\)|: ?[.,،]| {2}/)
          if (some.products[0]) expect(text).toContain(some.products[0])
          if (some.city) expect(text).toContain(some.city)
          if (!some.amountCentimes) expect(text).not.toMatch(/DH|درهم/)
          expect(text.length).toBeLessThan(1_000)
        },
      ),
    )
  })

  it('is carried whole by a link to the one phone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [address, carried = ''] = whatsappLink('+212612345678', text).split('?text=')
        expect([address, decodeURIComponent(carried)]).toEqual(['https://wa.me/212612345678', text])
      }),
    )
  })
})

test('an order calls for the message of its state, an incomplete one for its address', () => {
  expect(likelyMessage({ state: 'new', toComplete: [] })).toBe('confirm')
  expect(likelyMessage({ state: 'unreachable', toComplete: [] })).toBe('unreachable')
  expect(likelyMessage({ state: 'shipped', toComplete: [] })).toBe('on_the_way')
  expect(likelyMessage({ state: 'delivery_failed', toComplete: [] })).toBe('delivery_failed')
  expect(likelyMessage({ state: 'new', toComplete: ['city_missing'] })).toBe('address')
})

test('a name in Arabic letters is written to in Arabic letters', () => {
  expect([tongueOf('سعاد أيت الحاج'), tongueOf('Salma')]).toEqual(['darija_arabic', 'fr'])
})
