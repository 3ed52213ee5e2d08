import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { playAutomations } from '../../../../../tests/support/automations.ts'
import { demoLine, startWhatsApp, until } from '../../../../../tests/support/whatsapp.ts'

const world = await startWhatsApp()
const { api, owner, control, meta, settle, mend, sandboxUrl } = world
const { answers, freshPhone, make, off, orderOf, readOrder, sentTo, settled, stage } = await playAutomations(world)

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const octets = { 'content-type': 'application/octet-stream' }
const upload = async (bytes: Buffer, fileName: string): Promise<string> => {
  const { status, body, text } = await owner.post(`/whatsapp/media?fileName=${fileName}`, bytes, octets)
  if (status !== 201) throw new Error(text)
  return body.id
}
const picture = (name: string) => upload(png, name)
const reply = (text: string) => ({ kind: 'quick_reply', text, url: null })
const link = (page: string) => ({ kind: 'url', text: 'Voir', url: `https://dar-argan.example/${page}` })
/** The second card as the buyer of an order reads it. */
const kessa = 'Pack kessa, 560\u00a0DH pour Pack ghassoul !'
const library = async () => (await owner.get('/whatsapp/media')).body.items

let numberId = ''
let [first, second] = ['', '']
beforeAll(async () => {
  numberId = (await owner.get('/whatsapp/numbers')).body.items[0].id
  first = await picture('ghassoul.png')
  second = await picture('kessa.png')
})
beforeEach(() => mend())

const card = (mediaId: string, page: string, more: object = {}) => ({
  ...{ mediaId, body: `Pack ${page}`, buttons: [link(page), reply('Je le veux')] },
  ...more,
})
const twoCards = () => [
  card(first, 'ghassoul'),
  card(second, 'kessa', { body: 'Pack kessa, {{1}} pour {{2}} !', variables: ['amount', 'products'] }),
]
const create = (name: string, more: object = {}) =>
  owner.post('/whatsapp/templates', {
    ...{ numberId, name, language: 'fr', category: 'marketing', body: 'Salam {{1}}, voici nos packs.' },
    ...{ variables: ['customer_name'], cards: twoCards() },
    ...more,
  })
const read = async (name: string) => {
  const { items } = (await owner.get('/whatsapp/templates?limit=200')).body
  return items.find((one: any) => one.name === name)
}
const approved = (name: string) =>
  until(async () => {
    await settle()
    const template = await read(name)
    return template?.state === 'approved' ? template : null
  })

describe('a carousel', () => {
  it('is handed in with the files of its cards, and these stay in the library from then on', async () => {
    const made = await create('packs')
    expect([made.status, made.body.state]).toEqual([201, 'submitting'])
    expect(await approved('packs')).toMatchObject({
      buttons: ['Je le veux'],
      cards: [
        { header: 'image', mediaId: first, body: 'Pack ghassoul', buttons: [link('ghassoul'), reply('Je le veux')] },
        { header: 'image', mediaId: second, variables: ['amount', 'products'] },
      ],
    })
    const { components } = (await meta()).templates.find(({ name }: any) => name === 'packs')
    const carousel = components.find(({ type }: any) => type === 'CAROUSEL')
    expect(carousel.cards.map(({ components: parts }: any) => parts.map(({ type }: any) => type))).toEqual([
      ['HEADER', 'BODY', 'BUTTONS'],
      ['HEADER', 'BODY', 'BUTTONS'],
    ])
    expect(carousel.cards.map(({ components: [, text] }: any) => text)).toEqual([
      { type: 'BODY', text: 'Pack ghassoul' },
      {
        ...{ type: 'BODY', text: 'Pack kessa, {{1}} pour {{2}} !' },
        example: { body_text: [['560 DH', 'Pack ghassoul et kessa']] },
      },
    ])
    expect((await library()).map(({ name }: any) => name)).toEqual(['ghassoul.png', 'kessa.png'])
    const gone = await owner.delete(`/whatsapp/media/${first}/keep`)
    expect([gone.status, gone.body.code]).toEqual([409, 'media.in_use'])
    expect((await owner.delete(`/whatsapp/media/${await picture('libre.png')}/keep`)).status).toBe(200)
  })

  it('is refused in words before Meta would', async () => {
    const pdf = await upload(Buffer.from('%PDF-1.4 tarif'), 'tarif.pdf')
    const fieldOf = async (more: object) => (await create('wrong', more)).body.fields?.[0]
    expect([
      await fieldOf({ category: 'utility' }),
      await fieldOf({ footer: 'Merci' }),
      await fieldOf({ cards: [card(first, 'a'), card(second, 'b', { buttons: [reply('Oui')] })] }),
      await fieldOf({ cards: [card(first, 'a'), card(second, 'b', { body: 'Pour {{1}} !' })] }),
      await fieldOf({ cards: [card(first, 'a', { body: 'À {{1}}', variables: ['city'] }), card(second, 'b')] }),
    ]).toEqual([
      { path: 'category', code: 'marketing_only' },
      { path: 'footer', code: 'not_with_cards' },
      { path: 'cards.1.buttons', code: 'cards_differ' },
      { path: 'cards.1.body', code: 'variables_unnamed' },
      { path: 'cards.0.body', code: 'variable_at_the_edge' },
    ])
    expect((await create('wrong', { cards: [card(first, 'a'), card(pdf, 'b')] })).body.code).toBe(
      'media.type_unsupported',
    )
    expect((await create('wrong', { cards: [card(first, 'a')] })).status).toBe(400)
    const theirs = await api.asRival('owner').post('/whatsapp/media', png, octets)
    expect((await create('wrong', { cards: [card(first, 'a'), card(theirs.body.id, 'b')] })).body.code).toBe(
      'media.not_found',
    )
    expect(await read('wrong')).toBeUndefined()
  })

  it('goes out with its pictures, once, though Meta does not take one at the first try, and shows what was pressed', async () => {
    const template = await approved('packs')
    const phone = freshPhone()
    const order = await orderOf(phone)
    const previewOf = (query: string) => owner.get(`/whatsapp/templates/${template.id}/preview${query}`)
    expect((await previewOf('')).body).toEqual({
      ...{ text: null, cards: [], missing: ['customer_name', 'amount', 'products'] },
    })
    expect((await previewOf(`?orderId=${order.id}`)).body.cards[1]).toMatchObject({
      body: kessa,
    })
    await control('messages', { from: phone, text: 'Salam' })
    await settle()
    const [{ id }] = (await owner.get(`/whatsapp/conversations?q=${encodeURIComponent(phone)}`)).body.items
    await control('faults', { provider: 'whatsapp', kind: 'http_500', only: '/media', times: 1 })
    await answers(phone, 'yes')
    const sent = await owner.post(`/whatsapp/conversations/${id}/messages`, {
      templateId: template.id,
      orderId: order.id,
    })
    expect(sent.status).toBe(202)
    const message = () =>
      owner
        .get(`/whatsapp/conversations/${id}/messages`)
        .then(({ body }) => body.items.find((one: any) => one.id === sent.body.id))
    await until(async () => {
      await world.hurry()
      return (await message()).cards[0].buttons[1].chosen
    })
    expect(await message()).toMatchObject({
      kind: 'template',
      text: 'Salam Khadija Ouazzani, voici nos packs.',
      buttons: [],
      cards: [
        { mediaId: first, buttons: [{ chosen: false }, { text: 'Je le veux', chosen: true }] },
        {
          ...{ mediaId: second, body: kessa },
          buttons: [{ chosen: false }, { chosen: false }],
        },
      ],
    })
    const [wire, ...more] = await sentTo(phone)
    expect(more).toEqual([])
    const { cards } = wire.body.template.components.find(({ type }: any) => type === 'carousel')
    expect(cards.map(({ card_index: index, components }: any) => [index, components.length])).toEqual([
      [0, 2],
      [1, 3],
    ])
    expect(cards[1].components[1]).toEqual({
      type: 'body',
      parameters: [
        { type: 'text', text: '560\u00a0DH' },
        { type: 'text', text: 'Pack ghassoul' },
      ],
    })
    expect(cards[1].components[2]).toEqual({
      ...{ type: 'button', sub_type: 'quick_reply', index: '1' },
      parameters: [{ type: 'payload', payload: `${sent.body.id}:0:1` }],
    })
  })

  it('is sent by a stage, and the same button of any card moves the order', async () => {
    const template = await approved('packs')
    const automation = await make({
      ...{ name: 'Packs', stageId: stage.new, templateId: template.id },
      buttons: [{ index: 0, stageId: stage.confirmed }],
    })
    const phone = freshPhone()
    // The last button of all: that of the second card.
    await answers(phone, 'no')
    const { id } = await orderOf(phone)
    const run = await settled(id, 'replied')
    expect(run).toMatchObject({ answers: [{ index: 0, card: 1, outcome: 'moved' }], buttons: [{ text: 'Je le veux' }] })
    expect((await readOrder(id)).stageId).toBe(stage.confirmed)
    const previewed = (await owner.get(`/automations/${automation.id}/preview`)).body.items
    expect(previewed.find(({ orderId }: any) => orderId === id)).toMatchObject({
      text: 'Salam Khadija Ouazzani, voici nos packs.',
      cards: [
        { header: 'image', mediaId: first, body: 'Pack ghassoul', buttons: [link('ghassoul'), reply('Je le veux')] },
        { header: 'image', mediaId: second, body: kessa },
      ],
    })
    await off(automation)
  })

  it('that was made elsewhere waits for its pictures and for what fills its cards, which later readings leave where they are', async () => {
    await makeAtMeta('elsewhere')
    const reread = async () => {
      await owner.post(`/whatsapp/numbers/${numberId}/test`)
      await settle()
      return read('elsewhere')
    }
    const template = await until(async () => {
      const found = await reread()
      return found?.state === 'approved' ? found : null
    })
    expect(template.cards.map(({ mediaId }: any) => mediaId)).toEqual([null, null])
    const phone = freshPhone()
    const order = await orderOf(phone)
    await control('messages', { from: phone, text: 'Salam' })
    await settle()
    const [{ id }] = (await owner.get(`/whatsapp/conversations?q=${encodeURIComponent(phone)}`)).body.items
    const send = () =>
      owner.post(`/whatsapp/conversations/${id}/messages`, { templateId: template.id, orderId: order.id })
    expect((await send()).body.code).toBe('template.pictures_missing')
    const edit = (version: number, mediaIds: string[], more: object = {}) =>
      owner.patch(`/whatsapp/templates/${template.id}`, {
        version,
        cards: mediaIds.map((mediaId) => ({ mediaId, ...more })),
      })
    expect((await edit(template.version, [first, second, first])).body.fields).toEqual([
      { path: 'cards', code: 'cards_differ' },
    ])
    expect((await edit(template.version, [first, first], { variables: ['city', 'shop'] })).body.fields).toEqual([
      { path: 'cards.0.variables', code: 'variables_unnamed' },
    ])
    const { body: pictured } = await edit(template.version, [second, first])
    expect((await edit(template.version, [first, first])).body.code).toBe('template.changed_meanwhile')
    expect((await send()).body.code).toBe('template.variables_unnamed')
    const { body: named } = await edit(pictured.version, [second, first], { variables: ['customer_name'] })
    expect((await send()).body.code).toBe('template.variables_unnamed')
    const text = { version: named.version, variables: ['customer_name'] }
    expect((await owner.patch(`/whatsapp/templates/${template.id}`, text)).status).toBe(200)
    expect((await reread()).cards.map(({ mediaId, variables }: any) => [mediaId, variables])).toEqual([
      [second, ['customer_name']],
      [first, ['customer_name']],
    ])
    const sent = await send()
    expect(sent.body.cards.map(({ body }: any) => body)).toEqual(Array(2).fill('Pack pour Khadija Ouazzani !'))
    await until(async () => {
      await world.hurry()
      return (await sentTo(phone)).length > 0
    })
  })
})

/** A carousel as somebody makes it in Meta's own manager. */
const makeAtMeta = async (name: string): Promise<void> => {
  const graph = async (path: string, init: RequestInit): Promise<any> => {
    const answer = await fetch(`${sandboxUrl}/whatsapp${path}`, { method: 'POST', ...init })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }
  const bearer = { authorization: 'Bearer demo' }
  const session = await graph(`/app/uploads?file_length=${png.length}&file_type=image/png`, { headers: bearer })
  const { h } = await graph(`/${session.id}`, {
    headers: { authorization: 'OAuth demo', file_offset: '0', ...octets },
    body: new Uint8Array(png),
  })
  const one = {
    components: [
      { type: 'header', format: 'image', example: { header_handle: [h] } },
      { type: 'body', text: 'Pack pour {{1}} !', example: { body_text: [['Salma']] } },
      { type: 'buttons', buttons: [{ type: 'quick_reply', text: 'Oui' }] },
    ],
  }
  await graph(`/${demoLine.businessAccountId}/message_templates`, {
    headers: { ...bearer, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ name, language: 'fr', category: 'MARKETING' },
      components: [
        { type: 'body', text: 'Nos packs, {{1}} !', example: { body_text: [['Salma']] } },
        { type: 'carousel', cards: [one, one] },
      ],
    }),
  })
}
