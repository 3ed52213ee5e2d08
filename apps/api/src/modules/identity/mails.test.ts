import { languages } from '@sendocki/domain/language'
import { wallClockOf } from '@sendocki/domain/time'
import { expect, it } from 'vitest'
import type { Letter } from './mail-texts.ts'
import { renderMail } from './mails.ts'

const appUrl = 'https://app.sendocki.example'
const evil = 'Salma\r\nBcc: voleur@ailleurs.example\u202e <script>alert(1)</script>'
const letters: Letter[] = [
  { kind: 'sign_up_code', fullName: evil, code: '042137' },
  { kind: 'address_known', fullName: evil },
  { kind: 'password_reset', fullName: evil, token: 'token-of-the-link' },
  { kind: 'password_changed', fullName: evil, at: '2026-11-20T10:00:00.000Z' },
  { kind: 'new_sign_in', fullName: evil, browser: null, system: null, address: '::1', at: '2026-11-20T10:00:00.000Z' },
  {
    ...{ kind: 'invitation', inviterName: evil, merchantName: evil, roleKey: 'viewer', roleName: '' },
    token: 'token-of-the-link',
  },
  ...([80, 100] as const).flatMap((percent) =>
    [false, true].map((stopsConfirmations) => ({
      ...{ kind: 'budget_reached' as const, fullName: evil, merchantName: evil, month: '2026-11', percent },
      ...{ spentCentimes: 160_050, budgetCentimes: 200_000, stopsConfirmations },
    })),
  ),
]
const cases = letters.flatMap((letter) => languages.map((language) => ({ kind: letter.kind, language, letter })))

it.each(cases)('writes $kind in $language as text and as HTML of its own', ({ language, letter }) => {
  const { subject, text, html } = renderMail(language, letter, appUrl)
  expect(subject.length).toBeGreaterThan(5)
  for (const part of [subject, text]) expect(part).not.toMatch(/undefined|null|\[object/)
  expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`)
  // Nothing is fetched: no picture, no style sheet, no script; every address is ours.
  expect(html).not.toMatch(/<(img|link|script|style)|url\(/i)
  for (const [address] of html.matchAll(/https?:[^"<\s]+/g)) expect(address.startsWith(appUrl)).toBe(true)
})

it.each(cases)('lets no name break a line or the page of $kind in $language', ({ language, letter }) => {
  const { subject, text, html } = renderMail(language, letter, appUrl)
  expect(subject).not.toMatch(/[\r\n\u202e]/)
  expect(text).not.toMatch(/^Bcc:/m)
  expect(html).not.toContain('<script>')
})

it('ends the links that open doors with their token', () => {
  for (const language of languages) {
    const of = (kind: Letter['kind']) =>
      renderMail(language, letters.find((l) => l.kind === kind) as Letter, appUrl).text
    expect(of('password_reset')).toMatch(/^https:\/\/app\.sendocki\.example\/reset-password\?token=token-of-the-link$/m)
    expect(of('invitation')).toMatch(/^https:\/\/app\.sendocki\.example\/invitation\?token=token-of-the-link$/m)
  }
})

it('shows moments on the Moroccan clock and in Western digits', () => {
  const { hour, minute } = wallClockOf('2026-11-20T10:00:00.000Z')
  for (const language of languages) {
    const { text } = renderMail(language, letters[3] as Letter, appUrl)
    expect(text).toContain(`${hour}:${String(minute).padStart(2, '0')}`)
    expect(text).toContain('2026')
  }
})

it('says what was spent of which budget, in which month, and what waits from then on', () => {
  const budgets = letters.filter(({ kind }) => kind === 'budget_reached')
  for (const language of languages) {
    const told = budgets.map((letter) => renderMail(language, letter, appUrl))
    for (const { subject, text } of told) {
      expect(subject).toContain('2026')
      expect(text.replaceAll(/[\s,.]/g, '')).toMatch(/160050.*2000/)
      expect(text).toContain(`${appUrl}/automation-costs`)
    }
    // Each step, with and without confirmations that stop, has a sentence of its own.
    expect(new Set(told.map(({ text }) => text)).size).toBe(4)
  }
})
