import { Check } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import {
  type CardButton,
  cardsFault,
  type NewCard,
  NewCards,
  payloadOf,
  readPayload,
  repliesOfCards,
  type TemplateCard,
} from './carousel.ts'
import { templateProblem } from './template.ts'

const messageId = '0f9b1c7e-3d5a-4f60-9a1b-2c3d4e5f6a7b'
const reply = (text: string): CardButton => ({ kind: 'quick_reply', text, url: null })
const link = (url: string | null): CardButton => ({ kind: 'url', text: 'Voir', url })
const card = (more: Partial<NewCard> = {}): NewCard => ({
  mediaId: messageId,
  body: 'Pack ghassoul',
  buttons: [reply('Je le veux')],
  ...more,
})

describe('a carousel', () => {
  it('has two to ten cards, each with one or two buttons and a text of 160 signs at most', () => {
    const cards = (count: number) => Array.from({ length: count }, () => card())
    expect([1, 2, 10, 11].map((count) => Check(NewCards, cards(count)))).toEqual([false, true, true, false])
    const buttons = ['Un', 'Deux', 'Trois'].map(reply)
    expect([0, 1, 2, 3].map((count) => Check(NewCards, [card(), card({ buttons: buttons.slice(0, count) })]))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect([160, 161].map((length) => Check(NewCards, [card(), card({ body: 'x'.repeat(length) })]))).toEqual([
      true,
      false,
    ])
    expect(
      ['https://dar-argan.ma/p', 'http://dar-argan.ma', 'https://a.ma/{{1}}'].map((url) =>
        Check(NewCards, [card(), card({ buttons: [link(url)] })]),
      ),
    ).toEqual([true, false, false])
  })

  it.each<[string, Partial<NewCard>, object | null]>([
    ['the same buttons in other words', { buttons: [reply('Celui-ci')] }, null],
    ['a button more', { buttons: [reply('Un'), reply('Deux')] }, { path: 'cards.1.buttons', code: 'cards_differ' }],
    ['another kind of button', { buttons: [link('https://a.ma')] }, { path: 'cards.1.buttons', code: 'cards_differ' }],
    ['a variable', { body: 'Pour {{1}} !', variables: ['customer_name'] }, null],
    ['a nameless variable', { body: 'Pour {{1}} !' }, { path: 'cards.1.body', code: 'variables_unnamed' }],
    [
      'a variable at its end',
      { body: 'Pour {{1}}', variables: ['customer_name'] },
      { path: 'cards.1.body', code: 'variable_at_the_edge' },
    ],
    ['three lines', { body: 'a\nb\nc' }, null],
    ['four lines', { body: 'a\nb\nc\nd' }, { path: 'cards.1.body', code: 'too_many_lines' }],
    [
      'an address on a quick reply',
      { buttons: [{ ...reply('Un'), url: 'https://a.ma' }] },
      { path: 'cards.1.buttons.0.url', code: 'unknown' },
    ],
  ])('whose second card has %s', (_what, more, fault) => {
    expect(cardsFault([card(), card(more)])).toEqual(fault)
  })

  it('says which link has no page, and which card has one button twice', () => {
    const linked = card({ buttons: [link('https://a.ma')] })
    expect(cardsFault([linked, card({ buttons: [link(null)] })])).toEqual({
      path: 'cards.1.buttons.0.url',
      code: 'missing',
    })
    expect(cardsFault([card({ buttons: [reply('Oui'), reply('Oui')] }), card()])).toEqual({
      path: 'cards.0.buttons',
      code: 'repeated',
    })
  })

  it('is not sent while a card shows nothing, a variable has no name, or a card asks for what nobody can give', () => {
    const whole: TemplateCard = { header: 'image', ...card(), variables: [] }
    const problemOf = (...cards: TemplateCard[]) => templateProblem({ body: 'Salam', variables: [], cards })
    expect(problemOf()).toBeNull()
    expect(problemOf(whole, whole)).toBeNull()
    expect(problemOf(whole, { ...whole, mediaId: null })).toBe('template.pictures_missing')
    expect(problemOf(whole, { ...whole, body: 'Pour {{1}} !' })).toBe('template.variables_unnamed')
    expect(problemOf(whole, { ...whole, body: 'Pour {{1}} !', variables: ['city'] })).toBeNull()
    expect(problemOf({ ...whole, mediaId: null, body: 'Pour {{prenom}} !' })).toBe('template.cards_unsupported')
    expect(problemOf({ ...whole, buttons: [link('https://a.ma/{{1}}')] })).toBe('template.cards_unsupported')
    expect(templateProblem({ body: 'Salam {{1}} !', variables: [], cards: [] })).toBe('template.variables_unnamed')
  })

  it('is answered by the place of a quick reply among its own kind', () => {
    expect(repliesOfCards([card({ buttons: [link('https://a.ma'), reply('Oui')] }), card()])).toEqual(['Oui'])
    expect(repliesOfCards([])).toEqual([])
  })
})

describe('what a button carries', () => {
  it.each([[{ messageId, index: 2, card: null }], [{ messageId, index: 0, card: 9 }]])(
    'is read as it was written: %j',
    (pressed) => expect(readPayload(payloadOf(pressed))).toEqual(pressed),
  )

  it.each(['', 'confirm:ord_1001:k7', messageId, `${messageId}:`, `${messageId}:1:10`, `${messageId}:-1`])(
    'names nothing when it is not ours: "%s"',
    (payload) => expect(readPayload(payload)).toBeNull(),
  )
})
