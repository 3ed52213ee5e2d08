import { expect, test } from 'vitest'
import { formatPhone, isPhoneMask, localPhone, maskPhone, whatsappDigits } from './phone-format.ts'

test('a Moroccan phone is shown in pairs, locally and for WhatsApp', () => {
  expect(formatPhone('+212612345678')).toBe('06 12 34 56 78')
  expect(localPhone('+212612345678')).toBe('0612345678')
  expect(whatsappDigits('+212612345678')).toBe('212612345678')
})

test('a foreign phone has no local form and is shown as it is stored', () => {
  expect(formatPhone('+33612345678')).toBe('+33612345678')
  expect(localPhone('+33612345678')).toBeNull()
})

test.each([
  ['+212612345678', '+2126••••••78', '06 •• •• •• 78'],
  ['+212522123456', '+2125••••••56', '05 •• •• •• 56'],
  ['+33612345678', '+33•••••••78', '+33•••••••78'],
])('%s is masked as %s, of the same length, and shown as %s', (e164, mask, shown) => {
  expect(maskPhone(e164)).toBe(mask)
  expect(mask).toHaveLength(e164.length)
  expect(formatPhone(mask)).toBe(shown)
})

test('masking a mask changes nothing, and a mask is recognised', () => {
  expect(maskPhone('+2126••••••78')).toBe('+2126••••••78')
  expect(isPhoneMask('+2126••••••78')).toBe(true)
  expect(isPhoneMask('+212612345678')).toBe(false)
})
