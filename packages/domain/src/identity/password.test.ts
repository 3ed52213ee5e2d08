import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkPassword } from './password.ts'

const owner = { email: 'sara.elamrani@dar-argan.example', fullName: 'Sara El Amrani', merchantName: 'Dar Argan' }
const verdict = (password: string) => {
  const result = checkPassword(password, owner)
  return result.ok ? 'ok' : result.refusal.code
}

it.each([
  'password1234',
  'passwordpassword',
  'P@ssw0rd2024!',
  'motdepasse2024',
  'Azertyuiop123',
  'qwertyuiop12',
  '123456789012',
  '1qaz2wsx3edc',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  '121212121212',
  'iloveyou12345',
  'casablanca2025!',
  'Marrakech-2024',
  'mohamedmohamed',
  'bismillah1234',
  'administrator',
  'welcomewelcome',
  'football123456',
  'princess.princess',
  'soleil!soleil!',
  'abcdefghijklm',
  'zyxwvutsrqponm',
  'letmein123456',
  '000000000000',
  'qsdfghjklmwxcvbn',
  'jetaime123456',
  'wydadraja1937',
  'fatima19901990',
  'master-dragon1',
])('refuses %s, which many people take', (password) => expect(verdict(password)).toBe('password.too_common'))

it.each([
  'sendocki1234',
  'Sendocki!2025',
  'sendockisendocki',
  'SaraElAmrani1990',
  'sara.elamrani',
  'elamrani-sara',
  'DarArgan2024!!',
  'dar-argan.example',
  'argan-sendocki',
  '$endock1-2026',
])('refuses %s, made of own words', (password) => expect(verdict(password)).toBe('password.own_words'))

it('refuses own and common words together', () => {
  expect(verdict('sendockipassword')).toBe('password.too_common')
  expect(verdict('sarapassword12')).toBe('password.too_common')
})

it.each([
  'le figuier pousse lentement',
  'argan huile pressée à froid au matin',
  'xk2-vqplt-88rd',
  'قطار الصباح إلى مراكش بطيء',
  '🫒🌊🐫🌶️🧵🪡🧿🕌🌙🍊🥘🫖',
  'trois chameaux et demi',
  '839201746583',
  'Sara aime les oranges amères',
])('accepts %s', (password) => expect(verdict(password)).toBe('ok'))

it('reads any text without failing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 128 }), (text) => void checkPassword(text, owner)))
})

it('accepts what is drawn at random', () => {
  const drawn = fc.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'), { minLength: 16, maxLength: 64 })
  fc.assert(fc.property(drawn, (signs) => new Set(signs).size < 8 || verdict(signs.join('')) === 'ok'))
})
