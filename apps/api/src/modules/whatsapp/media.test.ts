import { createHmac } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectLine, demoLine, nextEleven, startWhatsApp, until } from '../../../../../tests/support/whatsapp.ts'

const world = await startWhatsApp()
const { api, owner, control, meta, settle, hurry, mend } = world
let numberId = ''
let phones = 0
const freshPhone = () => `+21267${String(1_000_000 + ++phones)}`

beforeAll(async () => {
  api.clock.set(nextEleven())
  numberId = await connectLine(world)
})
beforeEach(() => mend())

const say = async (phone: string, media: object) => {
  await control('messages', { from: phone, media })
  await settle()
}
const conversationOf = async (phone: string) =>
  (await owner.get(`/whatsapp/conversations?q=${encodeURIComponent(phone)}`)).body.items[0]
const messagesOf = async (id: string, client = owner) =>
  (await client.get(`/whatsapp/conversations/${id}/messages`)).body.items
const received = async (phone: string) => (await messagesOf((await conversationOf(phone)).id))[0]
/** What a buyer sent, as it stands in the conversation. */
const receive = async (media: object) => {
  const phone = freshPhone()
  await say(phone, media)
  return { phone, message: await received(phone) }
}
const bytesOf = async (mediaId: string, client = owner) => client.get(`/whatsapp/media/${mediaId}`)
const base64 = (text: string) => Buffer.from(text).toString('base64')

const octets = { 'content-type': 'application/octet-stream' }
const upload = (bytes: Buffer, fileName?: string) =>
  owner.post(`/whatsapp/media${fileName ? `?fileName=${encodeURIComponent(fileName)}` : ''}`, bytes, octets)
const pdf = Buffer.from('%PDF-1.4 tarif')
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const open = async () => {
  const phone = freshPhone()
  await control('messages', { from: phone, text: 'Bonjour' })
  await settle()
  return { phone, id: (await conversationOf(phone)).id }
}
const write = (id: string, body: object) => owner.post(`/whatsapp/conversations/${id}/messages`, body)
const sentTo = async (phone: string) => (await meta()).messages.filter((one: any) => one.to === phone.slice(1))

describe('what a buyer sends', () => {
  it.each([
    ['image', { caption: 'Voilà' }, 'image/png', 'Voilà', /^inline$/],
    ['audio', {}, 'audio/ogg', null, /^inline$/],
    [
      'document',
      { fileName: 'reçu "1".pdf' },
      'application/pdf',
      null,
      /^attachment; filename\*=UTF-8''re%C3%A7u%20%221%22.pdf$/,
    ],
  ] as const)(
    '%s: is there with its bytes, under a type that those say',
    async (kind, more, type, text, disposition) => {
      const { phone, message } = await receive({ kind, ...more })
      expect(message).toMatchObject({
        kind,
        text,
        direction: 'in',
        media: { kind, type, status: 'kept', problem: null },
      })
      const answer = await bytesOf(message.media.id)
      expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
      expect(answer.headers['content-disposition']).toMatch(disposition)
      expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff' })
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
      expect(message.media.bytes).toBeGreaterThan(0)
      expect((await conversationOf(phone)).last).toMatchObject({ kind, text })
    },
  )

  it('is a message before its bytes are here, and waits through an outage', async () => {
    await control('faults', { provider: 'whatsapp', kind: 'http_500', times: 1, only: '/files/' })
    const { phone, message } = await receive({ kind: 'audio' })
    expect(message.media).toMatchObject({ status: 'waiting', type: null, bytes: null })
    expect((await bytesOf(message.media.id)).body.code).toBe('media.not_ready')
    await hurry()
    expect((await received(phone)).media.status).toBe('kept')
  })

  it('is asked for once the token is right again', async () => {
    await control('faults', { provider: 'whatsapp', kind: 'http_401', times: 1, only: 'GET /whatsapp/' })
    const { phone, message } = await receive({ kind: 'image' })
    expect(message.media.status).toBe('waiting')
    expect((await owner.get(`/whatsapp/numbers/${numberId}`)).body.status).toBe('reconnect')
    await owner.post(`/whatsapp/numbers/${numberId}/test`)
    await settle()
    expect((await received(phone)).media.status).toBe('kept')
  })

  it.each([
    ['has 100 MB', { kind: 'document', claims: 104_857_600 }, 'media.too_large'],
    [
      'is larger than Meta says',
      { kind: 'sticker', type: 'image/webp', base64: 'A'.repeat(1_000_000), claims: 10 },
      'media.too_large',
    ],
    ['Meta no longer has', { kind: 'image', expired: true }, 'media.expired'],
    [
      'is no picture',
      { kind: 'image', type: 'image/jpeg', base64: base64('<svg onload="alert(1)"/>') },
      'media.unreadable',
    ],
    ['is said to be elsewhere', { kind: 'image', elsewhere: 'https://evil.example/f' }, 'media.unavailable'],
    ['is said to be inside', { kind: 'image', elsewhere: 'http://169.254.169.254/latest' }, 'media.unavailable'],
  ] as const)('that %s is told in words, and the message stays', async (_what, media, problem) => {
    const { message } = await receive({ caption: 'Regardez', ...media })
    expect(message).toMatchObject({ text: 'Regardez', media: { status: 'failed', problem, bytes: null } })
    expect((await bytesOf(message.media.id)).body.code).toBe('media.not_ready')
  })

  it('is asked for again by a person', async () => {
    const { phone, message } = await receive({ kind: 'image', elsewhere: 'https://evil.example/f' })
    const answer = await owner.post(`/whatsapp/media/${message.media.id}/fetch`)
    expect([answer.status, answer.body.status]).toEqual([200, 'waiting'])
    await settle()
    expect((await received(phone)).media.problem).toBe('media.unavailable')
  })

  it('leaves one file, however often Meta tells of it', async () => {
    const phone = freshPhone()
    const message = {
      ...{ id: 'wamid.TWICE', from: phone.slice(1), timestamp: String(Math.floor(api.clock.now().getTime() / 1000)) },
      ...{ type: 'image', image: { id: '1', mime_type: 'image/jpeg' } },
    }
    const value = { metadata: { phone_number_id: demoLine.phoneNumberId }, messages: [message] }
    const entry = [{ id: demoLine.businessAccountId, changes: [{ field: 'messages', value }] }]
    // The same news in another delivery, which is not the same bytes.
    for (const n of [1, 2]) {
      const body = JSON.stringify({ object: 'whatsapp_business_account', entry, n })
      const signature = `sha256=${createHmac('sha256', 'demo').update(body).digest('hex')}`
      await owner.post(`//hooks/whatsapp/${numberId}`, body, { 'x-hub-signature-256': signature })
      await settle()
    }
    expect(await messagesOf((await conversationOf(phone)).id)).toHaveLength(1)
    const left = await api.deps.world.database.read(api.merchant.merchantId, async (tx) =>
      tx.db.execute(
        `select 1 from whatsapp_media where number_id is not null and not exists (select 1 from messages where media_id = whatsapp_media.id)`,
      ),
    )
    expect((left as unknown as { rows: unknown[] }).rows).toEqual([])
  })

  it('law 12: tells no number in a name to who must not see numbers', async () => {
    const phone = freshPhone()
    const fileName = `recu-0${phone.slice(4)}.pdf`
    await say(phone, { kind: 'document', fileName })
    const message = await received(phone)
    expect(message.media.fileName).toBe(fileName)
    const { id } = await conversationOf(phone)
    const agent = api.as('confirmation_agent')
    const [list, file] = [
      await agent.get(`/whatsapp/conversations/${id}/messages`),
      await bytesOf(message.media.id, agent),
    ]
    expect([list.status, file.status]).toEqual([200, 200])
    expect(list.text + JSON.stringify(file.headers)).not.toContain(phone.slice(4))
  })

  it('goes with the customer who is forgotten', async () => {
    const phone = freshPhone()
    const { body: order } = await owner.post('/orders', {
      customer: { name: 'Khadija Ouazzani', phone },
      shippingAddress: { line: '4 rue des Orangers', city: 'Casablanca' },
      lines: [{ name: 'Pack ghassoul', quantity: 1, unitPriceCentimes: 56_000 }],
    })
    await say(phone, { kind: 'image' })
    const { id } = await conversationOf(phone)
    const [{ media }] = await messagesOf(id)
    expect((await owner.post(`/customers/${order.customer.id}/anonymise`)).status).toBeLessThan(300)
    expect((await messagesOf(id))[0].media).toMatchObject({ status: 'failed', problem: 'media.erased', fileName: null })
    expect((await bytesOf(media.id)).body.code).toBe('media.not_ready')
    expect((await owner.post(`/whatsapp/media/${media.id}/fetch`)).body.code).toBe('media.not_ready')
  })
})

describe('what is sent', () => {
  it.each([
    ['a photo', png, 'produit.png', { kind: 'image', type: 'image/png' }],
    ['a price list', pdf, 'tarif.pdf', { kind: 'document', type: 'application/pdf' }],
  ] as const)('%s: is uploaded, handed to Meta and read by the buyer', async (_name, bytes, fileName, facts) => {
    const { phone, id } = await open()
    const { status, body } = await upload(bytes, fileName)
    expect([status, body]).toMatchObject([201, { ...facts, fileName, bytes: bytes.length, status: 'kept' }])
    const sent = await write(id, { mediaId: body.id, text: ' Le voici ' })
    expect([sent.status, sent.body]).toMatchObject([
      202,
      { kind: facts.kind, text: 'Le voici', media: { id: body.id } },
    ])
    await settle()
    await until(async () => {
      await settle()
      return (await messagesOf(id))[0].status === 'read'
    })
    const [given] = await sentTo(phone)
    expect(given.body).toMatchObject({ type: facts.kind, [facts.kind]: { caption: 'Le voici' } })
  })

  it('plays a voice note like something said, without words under it', async () => {
    const { message } = await receive({ kind: 'audio' })
    const { phone, id } = await open()
    expect((await write(id, { mediaId: message.media.id, text: 'Écoutez' })).body.fields).toEqual([
      { path: 'text', code: 'unknown' },
    ])
    await write(id, { mediaId: message.media.id })
    await settle()
    expect((await sentTo(phone))[0].body).toMatchObject({ type: 'audio', audio: { voice: true } })
  })

  it.each([
    ['a page that runs', Buffer.from('<script>alert(1)</script>'), 'tarif.pdf', 422, 'media.type_unsupported'],
    ['a recording in WebM', Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), 'voice.webm', 422, 'media.type_unsupported'],
    ['a photo of 6 MB', Buffer.concat([png, Buffer.alloc(6_000_000)]), 'grande.png', 413, 'media.too_large'],
    ['a file of 17 MB', Buffer.concat([pdf, Buffer.alloc(17_000_000)]), 'catalogue.pdf', 413, 'request.too_large'],
  ] as const)('%s is refused before Meta would', async (_name, bytes, fileName, status, code) => {
    const answer = await upload(bytes, fileName)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('is given again after an upload that failed, and told once it never can be', async () => {
    const { phone, id } = await open()
    const { body } = await upload(pdf)
    await control('faults', { provider: 'whatsapp', kind: 'http_500', times: 1, only: '/media' })
    await write(id, { mediaId: body.id })
    await settle()
    await hurry()
    await until(async () => (await sentTo(phone)).length === 1)
    expect(await sentTo(phone)).toHaveLength(1)
  })

  it('law 7: is not given twice when the answer to the message is lost', async () => {
    const { phone, id } = await open()
    const { body } = await upload(pdf)
    await control('faults', { provider: 'whatsapp', kind: 'timeout_after_success', times: 1, only: '/messages' })
    await write(id, { mediaId: body.id })
    await settle()
    await hurry()
    expect(await sentTo(phone)).toHaveLength(1)
  })

  it('waits for the window like words do', async () => {
    const { id } = await open()
    const { body } = await upload(pdf)
    api.clock.advance(25 * 3_600_000)
    expect((await write(id, { mediaId: body.id })).body.code).toBe('message.window_closed')
    api.clock.advance(-25 * 3_600_000)
  })

  it('is kept under a name, sent to anybody, and taken off again without leaving what was said', async () => {
    const { body: file } = await upload(pdf, 'tarif.pdf')
    const kept = await owner.post(`/whatsapp/media/${file.id}/keep`, { name: 'Tarif' })
    expect([kept.status, kept.body.name]).toEqual([200, 'Tarif'])
    const { id } = await open()
    await write(id, { mediaId: file.id })
    const names = async () => (await owner.get('/whatsapp/media')).body.items.map(({ name }: any) => name)
    expect(await names()).toContain('Tarif')
    expect((await owner.delete(`/whatsapp/media/${file.id}/keep`)).body.name).toBeNull()
    expect(await names()).not.toContain('Tarif')
    expect((await messagesOf(id))[0].media).toMatchObject({ id: file.id, status: 'kept' })
  })

  it('is gone after a day when nobody sent it', async () => {
    const { body: unsent } = await upload(pdf, 'oublie.pdf')
    const { body: kept } = await upload(pdf, 'garde.pdf')
    await owner.post(`/whatsapp/media/${kept.id}/keep`, { name: 'Gardé' })
    api.clock.advance(25 * 3_600_000)
    await upload(pdf)
    api.clock.advance(-25 * 3_600_000)
    expect((await bytesOf(unsent.id)).body.code).toBe('media.not_found')
    expect((await bytesOf(kept.id)).status).toBe(200)
  })
})
