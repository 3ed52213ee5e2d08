import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultCallSettings } from '../calls/settings.ts'
import { asksToStop, proposalIn } from './answers.ts'
import { withoutPhone } from './conversation.ts'
import { fillTemplate, samplesOf, type TemplateFacts } from './filling.ts'
import { isWindowOpen, type MessageStatus, statusAfter, windowEnd } from './message.ts'
import { refusalToSend } from './sending.ts'
import { bodyFault, templateFields, withValues } from './variables.ts'

describe('the status of a message', () => {
  const news = fc.constantFrom<MessageStatus>('accepted', 'sent', 'delivered', 'read')

  it('is the highest that was told, in whatever order and however often it was told', () => {
    const ranks = ['queued', 'accepted', 'sent', 'delivered', 'read']
    fc.assert(
      fc.property(fc.array(news, { minLength: 1, maxLength: 12 }), (told) => {
        const last = told.reduce(statusAfter, 'queued' as MessageStatus)
        expect(ranks.indexOf(last)).toBe(Math.max(...told.map((one) => ranks.indexOf(one))))
      }),
    )
  })

  it.each([
    ['sent', 'failed', 'failed'],
    ['delivered', 'failed', 'delivered'],
    ['failed', 'sent', 'failed'],
    ['failed', 'read', 'read'],
    ['unknown', 'sent', 'sent'],
  ] as const)('%s, then %s, is %s', (now, then, after) => expect(statusAfter(now, then)).toBe(after))
})

describe('the window of a conversation', () => {
  it('is open for 24 hours after the last message of the buyer, to the second', () => {
    const at = '2026-11-20T10:00:00.000Z'
    expect(windowEnd(at)).toBe('2026-11-21T10:00:00.000Z')
    expect(isWindowOpen(at, new Date('2026-11-21T09:59:59Z'))).toBe(true)
    expect(isWindowOpen(at, new Date('2026-11-21T10:00:00Z'))).toBe(false)
    expect(isWindowOpen(null, new Date(at))).toBe(false)
  })
})

describe('what a free text says', () => {
  it.each(['oui', 'OUI !', 'Ouiiii', 'wakha', 'Wakha.', 'واخا', 'واخّا', 'نعم', 'd’accord', 'ok 👍'])(
    '"%s" proposes yes',
    (text) => expect(proposalIn(text)).toBe('yes'),
  )
  it.each(['non', 'Non merci', 'la', 'Laaa', 'لا', 'لا شكراً', 'ma bghitch', 'ما بغيتش'])('"%s" proposes no', (text) =>
    expect(proposalIn(text)).toBe('no'),
  )
  it.each(['oui mais demain', 'C’est combien ?', 'la livraison est chère', 'واش لا بد', '', 'non je veux deux'])(
    '"%s" proposes nothing',
    (text) => expect(proposalIn(text)).toBeNull(),
  )
  it('asks for no more messages with the word alone', () => {
    for (const text of ['STOP', 'stop.', 'ستوب', 'Arrêt']) expect(asksToStop(text)).toBe(true)
    expect(asksToStop('Stop, je veux changer d’adresse')).toBe(false)
  })
})

describe('a template', () => {
  const facts: TemplateFacts = {
    ...{ customerName: 'Khadija', number: 10_427, products: ['Pack\nghassoul', 'Kessa'], amountCentimes: 56_000 },
    ...{ city: null, shop: 'Dar Argan' },
  }

  it('is filled in its language, without a line break that Meta would refuse', () => {
    const template = {
      body: 'Salam {{1}}, {{2}} : {{3}} !',
      variables: ['customer_name', 'products', 'amount'],
    } as const
    const filled = fillTemplate({ ...template, cards: [], language: 'fr' }, facts)
    expect(filled.ok && filled.text.replaceAll(/\s/g, ' ')).toBe('Salam Khadija, Pack ghassoul, Kessa : 560 DH !')
  })

  it('keeps the sign before the number of the order in Arabic letters', () => {
    const template = { body: 'الطلب {{1}} جاهز.', variables: ['order_number'], cards: [], language: 'ar' } as const
    expect(fillTemplate(template, facts)).toMatchObject({
      ok: true,
      values: ['\u2066#10427\u2069'],
      text: 'الطلب \u2066#10427\u2069 جاهز.',
    })
  })

  it('names what the order lacks, in the text or on a card, and is not filled with a gap', () => {
    const plain = { body: 'Bonjour', variables: [] } as const
    const city = { body: 'À {{1}}.', variables: ['city'] } as const
    const missing = { ok: false, missing: ['city'] }
    expect(fillTemplate({ ...city, cards: [], language: 'fr' }, facts)).toEqual(missing)
    expect(fillTemplate({ ...plain, cards: [plain, city], language: 'fr' }, facts)).toEqual(missing)
    const shop = { body: 'De {{1}} !', variables: ['shop'] } as const
    expect(fillTemplate({ ...plain, cards: [shop], language: 'fr' }, null)).toEqual({ ok: false, missing: ['shop'] })
    expect(fillTemplate({ ...plain, cards: [plain], language: 'fr' }, null)).toMatchObject({ ok: true })
  })

  it('has each card filled by itself, from 1', () => {
    const cards = [
      { body: 'Pour {{1}} !', variables: ['customer_name'] },
      { body: '{{1}} ou {{2}} ?', variables: ['shop', 'order_number'] },
    ] as const
    const filled = fillTemplate({ body: 'Salam', variables: [], cards, language: 'fr' }, facts)
    expect(filled.ok && filled.cards).toEqual([
      { values: ['Khadija'], text: 'Pour Khadija !' },
      { values: ['Dar Argan', '#10427'], text: 'Dar Argan ou #10427 ?' },
    ])
  })

  it('stays within what Meta takes by cutting words, never a number or an amount', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...templateFields), { minLength: 1, maxLength: 4 }),
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 20 }),
        fc.nat({ max: 60 }),
        (variables, name, products, fixed) => {
          const body = `${'x'.repeat(fixed)}${variables.map((_field, at) => ` ${at}: {{${at + 1}}}`).join('')}.`
          const known = { ...facts, customerName: `K${name}`, products: products.map((one) => `P${one}`), city: 'Fès' }
          const filled = fillTemplate({ body, variables, cards: [{ body, variables }], language: 'fr' }, known)
          if (!filled.ok) throw new Error(filled.missing.join())
          const [card] = filled.cards
          expect(card?.text.length).toBeLessThanOrEqual(160)
          expect(card?.text).toBe(withValues(body, card?.values ?? []))
          expect(card?.text.isWellFormed()).toBe(true)
          for (const [at, field] of variables.entries())
            if (field === 'amount' || field === 'order_number') expect(card?.values[at]).toBe(filled.values[at])
        },
      ),
    )
    expect(samplesOf({ body: `${'x'.repeat(150)} {{1}}.`, variables: ['products'] }, 160)).toEqual(['Pack gh…'])
  })

  it.each([
    ['Bonjour', [], null],
    ['Bonjour {{1}}, merci', ['shop'], null],
    ['Bonjour {{2}}, merci', ['shop'], 'variables_not_in_order'],
    ['Bonjour {{1}}, merci', [], 'variables_unnamed'],
    ['Bonjour {{1}}', ['shop'], 'variable_at_the_edge'],
    ['Bonjour {{1}} {{2}} !', ['shop', 'city'], 'variables_side_by_side'],
  ] as const)('%s with %j is %s', (body, variables, fault) => expect(bodyFault({ body, variables })).toBe(fault))
})

describe('law 14: what we start', () => {
  const ready = {
    number: { status: 'connected' },
    contact: { optedOutAt: null, unreachableAt: null },
    lastInboundAt: null,
    template: null,
    placedAt: null,
  } as const
  const noon = new Date('2026-11-20T10:00:00Z')
  const fridayPause = new Date('2026-11-20T13:00:00Z')
  const holiday = new Date('2026-11-18T10:00:00Z')
  const night = new Date('2026-11-20T23:00:00Z')
  const answered = '2026-11-20T11:00:00.000Z'
  const utility = { state: 'approved', category: 'utility' } as const
  const marketing = { ...utility, category: 'marketing' } as const
  const placedAt = '2026-11-20T22:50:00.000Z'

  it('leaves between 9 and 21 on Moroccan clocks, on both days when the offset changes', () => {
    const calling = { ...defaultCallSettings, holidays: [] }
    // Ramadan 2026: from UTC+1 to UTC on 15 February, and back on 22 March.
    for (const day of ['2026-02-14', '2026-02-15', '2026-03-22', '2026-03-23']) {
      const hours = Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}:30:00Z`)
      const allowed = hours.filter(
        (at) => refusalToSend({ ...ready, template: utility }, calling, new Date(at)) === null,
      )
      expect(allowed).toHaveLength(12)
    }
  })

  it.each([
    ['free text in an open window, at night too', { ...ready, lastInboundAt: answered }, night, null],
    ['free text without a window', ready, noon, 'message.window_closed'],
    ['a template by day', { ...ready, template: utility }, noon, null],
    ['a template by night', { ...ready, template: utility }, night, 'message.outside_hours'],
    ['the acknowledgement of a fresh order by night', { ...ready, template: utility, placedAt }, night, null],
    [
      'an offer after a fresh order by night',
      { ...ready, template: marketing, placedAt },
      night,
      'message.outside_hours',
    ],
    [
      'an order of an hour ago by night',
      { ...ready, template: utility, placedAt: '2026-11-20T22:00:00.000Z' },
      night,
      'message.outside_hours',
    ],
    ['a template in the pause of Friday', { ...ready, template: utility }, fridayPause, 'message.outside_hours'],
    ['a template on a holiday', { ...ready, template: utility }, holiday, 'message.outside_hours'],
    ['a paused template', { ...ready, template: { ...utility, state: 'paused' } }, noon, 'template.not_approved'],
    [
      'an offer to who said STOP',
      {
        ...ready,
        contact: { ...ready.contact, optedOutAt: answered },
        template: marketing,
      },
      noon,
      'message.opted_out',
    ],
    ['from a disconnected number', { ...ready, number: { status: 'disconnected' } }, noon, 'whatsapp_number.not_ready'],
  ] as const)('%s', (_what, facts, now, refusal) =>
    expect(refusalToSend(facts, defaultCallSettings, now)).toBe(refusal),
  )
})

it('law 12: dots out the buyer’s own number in a text, however it is written, and no other', () => {
  for (const written of ['0612345678', '06 12 34 56 78', '+212612345678', '00212 6 12-34-56-78'])
    expect(withoutPhone(`Appelez ${written} svp`, '+212612345678')).not.toMatch(/12.?34.?56/)
  expect(withoutPhone('Appelez 0699887766', '+212612345678')).toContain('0699887766')
})
