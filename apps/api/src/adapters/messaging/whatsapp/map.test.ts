import { describe, expect, it } from 'vitest'
import { failureOf } from './failures.ts'
import { whatsappMap } from './map.ts'

const delivery = (body: string, signature?: string) => ({
  headers: signature === undefined ? {} : { 'x-hub-signature-256': signature },
  query: {},
  body: Buffer.from(body),
})

describe('the signature', () => {
  const body = '{"object":"whatsapp_business_account","entry":[]}'
  const right = 'sha256=0a2f62ed3173317747bb0406a7ad5c5378b444de72f1980ccf7c1958a6d9dbb6'
  it('is over the exact bytes, with its prefix', () => {
    expect(whatsappMap.verify(delivery(body, right), ['demo-secret'])).toBe(true)
    expect(whatsappMap.verify(delivery(`${body} `, right), ['demo-secret'])).toBe(false)
    expect(whatsappMap.verify(delivery(body, right.slice(7)), ['demo-secret'])).toBe(false)
    expect(whatsappMap.verify(delivery(body), ['demo-secret'])).toBe(false)
  })
})

const read = (field: string, value: object) => {
  const parsed = whatsappMap.parse(
    Buffer.from(
      JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: 'WABA1', changes: [{ field, value }] }] }),
    ),
  )
  if (!parsed.ok) throw new Error(parsed.why)
  return parsed.news
}
const head = { messaging_product: 'whatsapp', metadata: { phone_number_id: 'PN1' } }
const inbound = (message: object) =>
  read('messages', {
    ...head,
    contacts: [{ profile: { name: 'Salma' }, wa_id: '212612345678', user_id: 'MA.X1' }],
    messages: [{ id: 'wamid.IN1', from: '212612345678', from_user_id: 'MA.X1', timestamp: '1795000000', ...message }],
  })[0]

describe('a message of a buyer', () => {
  it.each([
    [
      { type: 'text', text: { body: 'Salam' } },
      { is: 'text', text: 'Salam' },
    ],
    [
      { type: 'button', button: { payload: 'p1', text: 'Oui' } },
      { is: 'button', text: 'Oui', payload: 'p1' },
    ],
    [
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'p2', title: 'Non' } } },
      { is: 'button', text: 'Non', payload: 'p2' },
    ],
    [
      { type: 'location', location: { latitude: 33.5, longitude: -7.6 } },
      { is: 'location', location: { latitude: 33.5 } },
    ],
    [
      { type: 'image', image: { id: 'M1', caption: 'Ici' } },
      { is: 'image', text: 'Ici' },
    ],
    [
      { type: 'document', document: { id: '77', filename: 'recu.pdf', mime_type: 'application/pdf', caption: 'Reçu' } },
      { is: 'document', text: 'Reçu', media: { kind: 'document', metaId: '77', fileName: 'recu.pdf' } },
    ],
    [
      { type: 'audio', audio: { id: '78', voice: true } },
      { is: 'audio', text: null, media: { kind: 'audio', metaId: '78', fileName: null } },
    ],
    [
      { type: 'image', image: { caption: 'sans identifiant' } },
      { is: 'image', text: 'sans identifiant', media: null },
    ],
    [
      { type: 'order', order: {} },
      { is: 'unsupported', text: null },
    ],
  ])('%j', (message, expected) => {
    expect(inbound(message)).toMatchObject({
      ...{ kind: 'message', lineId: 'PN1', messageId: 'wamid.IN1', profileName: 'Salma' },
      ...{ person: { phone: '+212612345678', userId: 'MA.X1' }, at: '2026-11-18T11:06:40.000Z' },
      ...expected,
    })
  })

  it('needs no phone, and is nothing without anybody', () => {
    const hidden = { from: undefined, type: 'text', text: { body: 'x' } }
    expect(inbound(hidden)).toMatchObject({ person: { phone: null, userId: 'MA.X1' } })
    expect(inbound({ ...hidden, from_user_id: undefined })).toBeUndefined()
  })
})

it('reads a status with our own id and its failure', () => {
  const status = { id: 'wamid.OUT1', status: 'failed', timestamp: '1795000000', recipient_id: '212612345678' }
  const more = { biz_opaque_callback_data: 'own', errors: [{ code: 131_026 }] }
  expect(read('messages', { ...head, statuses: [{ ...status, ...more }] })).toMatchObject([
    { kind: 'status', status: 'failed', ownId: 'own', failure: { action: 'blocked', problem: 'message.no_whatsapp' } },
  ])
  expect(read('messages', { ...head, statuses: [{ ...status, status: 'played' }] })).toMatchObject([{ status: 'read' }])
  expect(read('messages', { ...head, statuses: [{ ...status, status: 'pondering' }] })).toEqual([])
})

it('reads what becomes of a template, and takes no unknown word for an approval', () => {
  const names = { message_template_id: 7, message_template_name: 'a', message_template_language: 'fr' }
  expect(read('message_template_status_update', { ...names, event: 'APPROVED', reason: 'NONE' })).toMatchObject([
    { state: 'approved', reason: null, templateId: '7' },
  ])
  expect(read('message_template_status_update', { ...names, event: 'BLESSED' })).toMatchObject([{ state: 'other' }])
  expect(read('template_category_update', { ...names, new_category: 'MARKETING' })).toMatchObject([
    { category: 'marketing', state: null },
  ])
  expect(read('account_alerts', {})).toEqual([])
})

it.each(['', '[]', 'null', '{"object":"page","entry":[]}', '{"object":"whatsapp_business_account"}'])(
  'does not guess at %j',
  (body) => expect(whatsappMap.parse(Buffer.from(body)).ok).toBe(false),
)

it.each([
  [190, 'reconnect', 'connection'],
  [200, 'reconnect', 'connection'],
  [131_042, 'reconnect', 'connection'],
  [130_429, 'retry', 'number'],
  [131_048, 'retry', 'number'],
  [131_056, 'retry', 'person'],
  [131_000, 'retry', 'message'],
  [132_001, 'stop', 'template'],
  [132_015, 'stop', 'template'],
  [131_026, 'blocked', 'person'],
  [131_050, 'blocked', 'person'],
  [131_047, 'template', 'message'],
  [100, 'stop', 'message'],
  [130_472, 'stop', 'message'],
  [999_999, 'stop', 'message'],
] as const)('code %i asks for %s, about the %s', (code, action, scope) =>
  expect(failureOf(code)).toMatchObject({ code, action, scope }),
)
