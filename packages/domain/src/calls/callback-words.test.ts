import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wallClockOf } from '../time.ts'
import { readCallback } from './callback-words.ts'
import { isCallTime } from './hours.ts'
import { defaultCallSettings } from './settings.ts'

/*
 * Clocks are Moroccan. The offset is +01:00 except from 15 February to 22 March 2026, where it is +00:00: that is what
 * the two Sundays of change are for. Ramadan is taken out of the settings here, so that its hours move nothing.
 */
const settings = { ...defaultCallSettings, ramadan: { ...defaultCallSettings.ramadan, periods: [] }, holidays: [] }

const shown = (at: Date): string => {
  const { day, hour, minute } = wallClockOf(at)
  return `${day} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
const read = (text: string, now: string): string => {
  const reading = readCallback(text, new Date(now), settings)
  if (reading.kind !== 'resolved') return [reading.kind, reading.code].join(' ')
  return reading.moved ? `${shown(reading.at)} (${reading.moved.because})` : shown(reading.at)
}

/** Thursday, half past ten in the morning. */
const thursday = '2026-04-16T09:30:00Z'

const phrases = [
  // French
  ['demain 15h', '2026-04-17 15:00'],
  ['demain à 15h30', '2026-04-17 15:30'],
  ['Demain matin', '2026-04-17 10:00'],
  ['demain soir', '2026-04-17 18:30'],
  ['lundi matin', '2026-04-20 10:00'],
  ['lundi prochain à 11h', '2026-04-20 11:00'],
  ['mardi après-midi', '2026-04-21 15:00'],
  ['mercredi vers 18 heures', '2026-04-22 18:00'],
  ['samedi à midi', '2026-04-18 12:00'],
  ['après-demain 9h', '2026-04-18 09:00'],
  ['ce soir', '2026-04-16 18:30'],
  ['cet après-midi', '2026-04-16 15:00'],
  ['dans 2 heures', '2026-04-16 12:30'],
  ['dans une heure', '2026-04-16 11:30'],
  ['dans une demi-heure', '2026-04-16 11:00'],
  ['dans 45 min', '2026-04-16 11:15'],
  ['dans 1h30', '2026-04-16 12:00'],
  ['à 16h', '2026-04-16 16:00'],
  ['à 3h', '2026-04-16 15:00'],
  ['10h', '2026-04-17 10:00'],
  ['le 5 mai à 10h', '2026-05-05 10:00'],
  ['le 20 à 17h', '2026-04-20 17:00'],
  ['20/04 à 14:30', '2026-04-20 14:30'],
  ['rappelez-moi demain vers 11h svp', '2026-04-17 11:00'],
  ['après le maghrib', '2026-04-16 20:25'],
  ['demain 4 heures et demie', '2026-04-17 16:30'],
  ['dans 3 jours à 10h', '2026-04-19 10:00'],
  ['lundi de la semaine prochaine 16h', '2026-04-20 16:00'],
  ['entre 15h et 17h', '2026-04-16 15:00'],
  // English
  ['tomorrow at 3', '2026-04-17 15:00'],
  ['tomorrow at 3pm', '2026-04-17 15:00'],
  ['tomorrow morning', '2026-04-17 10:00'],
  ['Monday at 10 am', '2026-04-20 10:00'],
  ['next Tuesday afternoon', '2026-04-21 15:00'],
  ['in 2 hours', '2026-04-16 12:30'],
  ['in half an hour', '2026-04-16 11:00'],
  ['tonight', '2026-04-16 18:30'],
  ['half past 4', '2026-04-16 16:30'],
  ['on the 21st at 5 pm', '2026-04-21 17:00'],
  ['the day after tomorrow at noon', '2026-04-18 12:00'],
  ['after asr prayer', '2026-04-16 17:30'],
  // Arabic, and Darija in Arabic script
  ['غدا على الساعة 3', '2026-04-17 15:00'],
  ['غدا 15h', '2026-04-17 15:00'],
  ['غداً صباحا', '2026-04-17 10:00'],
  ['بعد العصر', '2026-04-16 17:30'],
  ['قبل المغرب', '2026-04-16 19:35'],
  ['غدا بعد المغرب', '2026-04-17 20:25'],
  ['بعد ساعة', '2026-04-16 11:30'],
  ['بعد ساعتين', '2026-04-16 12:30'],
  ['بعد نصف ساعة', '2026-04-16 11:00'],
  ['يوم الاثنين صباحا', '2026-04-20 10:00'],
  ['نهار السبت فالعشية', '2026-04-18 17:00'],
  ['اليوم مع ٤', '2026-04-16 16:00'],
  ['غدا مع 4 ونص', '2026-04-17 16:30'],
  ['بعد غد الساعة 11', '2026-04-18 11:00'],
  ['من دابا ساعة', '2026-04-16 11:30'],
  ['غدا فالصباح', '2026-04-17 10:00'],
  ['الخامسة مساء', '2026-04-16 17:00'],
  ['بعد صلاة الجمعة', '2026-04-17 15:00 (friday)'],
  // Darija in Latin script
  ['ghedda f lil', '2026-04-17 20:00'],
  ['ghda f sbah', '2026-04-17 10:00'],
  ['b3d l3sr', '2026-04-16 17:30'],
  ['mn b3d l3asr', '2026-04-16 17:30'],
  ['f 5 d l3chiya', '2026-04-16 17:00'],
  ['ghedda m3a 3', '2026-04-17 15:00'],
  ['tnin f sba7', '2026-04-20 10:00'],
  ['nhar lkhmis jay m3a 11', '2026-04-23 11:00'],
  ['sebt f l3chiya', '2026-04-18 17:00'],
  ['b3d sa3a', '2026-04-16 11:30'],
  ['mn daba 2 swaye3', '2026-04-16 12:30'],
  ['mn daba nos sa3a', '2026-04-16 11:00'],
  ['ghdda m3a 4 w nos', '2026-04-17 16:30'],
  ['9bel lmaghrib', '2026-04-16 19:35'],
  ['b3d ghedda f 10', '2026-04-18 10:00'],
  ['lyoum f l3chiya', '2026-04-16 17:00'],
  ['3ayet lia ghedda m3a 6 dl3chiya', '2026-04-17 18:00'],
  ['b3d jm3a', '2026-04-17 15:00 (friday)'],
] as const

describe('a call-back in words, said on Thursday 16 April 2026 at 10:30', () => {
  test('there are sixty phrases at least', () => expect(phrases.length).toBeGreaterThanOrEqual(60))
  test.each(phrases)('%s is %s', (text, at) => expect(read(text, thursday)).toBe(at))
})

describe('a call-back on the days when the offset changes', () => {
  test.each([
    // Saturday 14 February at 20:00, +01:00; clocks go back in the night.
    ['demain 15h', '2026-02-14T19:00:00Z', '2026-02-15 15:00', '2026-02-15T15:00:00.000Z'],
    ['ghedda b3d l3sr', '2026-02-14T19:00:00Z', '2026-02-15 16:10', '2026-02-15T16:10:00.000Z'],
    ['dans 14 heures', '2026-02-14T19:00:00Z', '2026-02-15 09:00', '2026-02-15T09:00:00.000Z'],
    // On the Sunday itself, once before and once after the hour that comes twice.
    ['today at 3', '2026-02-15T00:30:00Z', '2026-02-15 15:00', '2026-02-15T15:00:00.000Z'],
    ['lundi matin', '2026-02-15T12:00:00Z', '2026-02-16 10:00', '2026-02-16T10:00:00.000Z'],
    ['بعد العصر', '2026-02-15T12:00:00Z', '2026-02-15 16:10', '2026-02-15T16:10:00.000Z'],
    // Saturday 21 March at 20:00, +00:00; clocks go forward in the night.
    ['demain 15h', '2026-03-21T20:00:00Z', '2026-03-22 15:00', '2026-03-22T14:00:00.000Z'],
    ['غدا بعد العصر', '2026-03-21T20:00:00Z', '2026-03-22 17:25', '2026-03-22T16:25:00.000Z'],
    ['in 14 hours', '2026-03-21T20:00:00Z', '2026-03-22 11:00', '2026-03-22T10:00:00.000Z'],
    ['f 5 d l3chiya', '2026-03-22T00:30:00Z', '2026-03-22 17:00', '2026-03-22T16:00:00.000Z'],
    ['demain 9h', '2026-03-22T12:00:00Z', '2026-03-23 09:00', '2026-03-23T08:00:00.000Z'],
  ])('%s, said at %s, is %s', (text, now, wall, instant) => {
    const reading = readCallback(text, new Date(now), settings)
    expect(read(text, now)).toBe(wall)
    expect(reading.kind === 'resolved' && reading.at.toISOString()).toBe(instant)
  })
})

describe('what is over, closed or unclear', () => {
  test.each([
    ["aujourd'hui à 9h", thursday, '2026-04-16 10:30 (past)'],
    ['demain 23h', thursday, '2026-04-18 09:00 (hours)'],
    ['demain 13h', thursday, '2026-04-17 15:00 (friday)'],
    ['demain 8h', thursday, '2026-04-17 09:00 (hours)'],
    ['ce soir', '2026-04-16T18:00:00Z', '2026-04-16 19:30'],
    ['plus tard', thursday, 'asks which_time'],
    ['من بعد', thursday, 'asks which_time'],
    ['demain', thursday, 'asks which_time'],
    ['la semaine prochaine', thursday, 'asks which_time'],
    ['jeudi 15h', thursday, 'asks which_day'],
    ['jeudi 10h', thursday, '2026-04-23 10:00'],
    ['demain ou lundi 15h', thursday, 'asks which_day'],
    ['15h ou 16h', thursday, 'asks which_time'],
    ['pas demain', thursday, 'none negated'],
    ['hier', thursday, 'none past'],
    ['le 32 à 10h', thursday, 'none no_such_day'],
    ['le 30 décembre à 10h', thursday, 'none too_far'],
    ['allo', thursday, 'none not_understood'],
    ['   ', thursday, 'none empty'],
  ])('%s is %s', (text, now, at) => expect(read(text, now)).toBe(at))

  test('a question offers only times that are ahead and allowed', () => {
    const reading = readCallback('jeudi 15h', new Date(thursday), settings)
    expect(reading.kind === 'asks' && reading.choices.map(shown)).toEqual(['2026-04-16 15:00', '2026-04-23 15:00'])
    const later = readCallback('demain', new Date(thursday), settings)
    expect(later.kind === 'asks' && later.choices.map(shown)).toEqual([
      '2026-04-17 10:00',
      '2026-04-17 12:00',
      '2026-04-17 15:00',
      '2026-04-17 18:30',
    ])
  })

  test('what was understood is told, and what was moved as well', () => {
    expect(readCallback('demain 13h', new Date(thursday), settings)).toEqual({
      kind: 'resolved',
      at: new Date('2026-04-17T14:00:00Z'),
      understood: [
        { code: 'day', params: { day: '2026-04-17' } },
        { code: 'clock', params: { clock: '13:00' } },
      ],
      moved: { from: new Date('2026-04-17T12:00:00Z'), because: 'friday' },
    })
  })

  test('Ramadan and holidays move a call-back as the hours do', () => {
    const now = new Date('2027-02-15T12:00:00Z')
    const reading = readCallback('demain 18h', now, defaultCallSettings)
    expect(reading).toMatchObject({ kind: 'resolved', moved: { because: 'ramadan' } })
    expect(reading.kind === 'resolved' && shown(reading.at)).toBe('2027-02-16 20:30')
    const feast = readCallback('demain 15h', new Date('2026-04-30T12:00:00Z'), defaultCallSettings)
    expect(feast).toMatchObject({ kind: 'resolved', moved: { because: 'holiday' } })
  })
})

test('law 14: whatever is said, a resolved call-back is ahead and inside allowed hours', () => {
  const said = fc.array(fc.constantFrom(...phrases.flatMap(([text]) => text.split(' ')), '0', '24h', '99', '31/02'), {
    maxLength: 6,
  })
  const moments = fc.date({ min: new Date('2026-02-10'), max: new Date('2026-03-30'), noInvalidDate: true })
  fc.assert(
    fc.property(said, moments, (words, now) => {
      const reading = readCallback(words.join(' '), now, defaultCallSettings)
      if (reading.kind === 'none') return
      const times = reading.kind === 'resolved' ? [reading.at] : reading.choices
      for (const at of times) {
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime())
        expect(isCallTime(defaultCallSettings, at)).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
})
