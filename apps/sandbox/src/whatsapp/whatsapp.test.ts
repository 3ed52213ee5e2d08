import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type TestSandbox, testSandbox } from '../testing/client.ts'
import { until } from '../testing/receiver.ts'
import { demoNumber } from './state.ts'

const headers = { authorization: 'Bearer demo' }
const phone = '212661000001'

/** An app's address at Meta: gives the challenge back to who knows the token, and keeps what is delivered. */
const startApp = async () => {
  const received: { signature: string; body: any }[] = []
  const server = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://app')
    if (request.method === 'GET') {
      const right = searchParams.get('hub.verify_token') === 'right'
      return void response.writeHead(right ? 200 : 403).end(right ? searchParams.get('hub.challenge') : '')
    }
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const raw = Buffer.concat(parts)
    const expected = `sha256=${createHmac('sha256', 'demo').update(raw).digest('hex')}`
    received.push({
      signature: request.headers['x-hub-signature-256'] === expected ? 'right' : 'wrong',
      body: JSON.parse(raw.toString()),
    })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const changes = () => received.flatMap(({ body }) => body.entry[0].changes as { field: string; value: any }[])
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    statuses: () => changes().flatMap(({ value }) => value.statuses ?? []),
    messages: () => changes().flatMap(({ value }) => value.messages ?? []),
    changes,
  }
}

const subscribe = (sandbox: TestSandbox, url: string, token = 'right') =>
  sandbox.call(
    'POST',
    `/whatsapp/${demoNumber.accountId}/subscribed_apps`,
    { override_callback_uri: url, verify_token: token },
    headers,
  )
const send = (sandbox: TestSandbox, body: object) =>
  sandbox.call(
    'POST',
    `/whatsapp/${demoNumber.id}/messages`,
    { messaging_product: 'whatsapp', to: phone, ...body },
    headers,
  )
const text = { type: 'text', text: { body: 'Bonjour' }, biz_opaque_callback_data: 'own' }

const start = async () => {
  const sandbox = await testSandbox()
  const app = await startApp()
  await subscribe(sandbox, app.url)
  return { sandbox, app }
}

describe("Meta's graph", () => {
  it('knows its lines, by the right token only', async () => {
    const sandbox = await testSandbox()
    const path = `/whatsapp/${demoNumber.id}`
    expect((await sandbox.call('GET', path, undefined, headers)).body).toMatchObject({ quality_rating: 'GREEN' })
    const refused = await sandbox.call('GET', path, undefined, { authorization: 'Bearer x' })
    expect([refused.status, refused.body.error.code]).toEqual([401, 190])
    expect((await sandbox.call('GET', '/whatsapp/999', undefined, headers)).body.error.code).toBe(100)
  })

  it('asks an address for its challenge before it delivers there', async () => {
    const sandbox = await testSandbox()
    const app = await startApp()
    expect((await subscribe(sandbox, app.url, 'wrong')).status).toBe(400)
    expect((await subscribe(sandbox, app.url)).body).toEqual({ success: true })
  })

  it('takes free text in the window, tells of it in signed deliveries, and fails it outside', async () => {
    const { sandbox, app } = await start()
    await send(sandbox, text)
    await until(() => app.statuses().some(({ status }) => status === 'failed'))
    expect(app.statuses()[0]).toMatchObject({ biz_opaque_callback_data: 'own', errors: [{ code: 131_047 }] })
    await sandbox.control('messages', { from: phone, text: 'Salam' })
    await send(sandbox, text)
    await until(() => app.statuses().some(({ status }) => status === 'read'))
    expect(app.received.every(({ signature }) => signature === 'right')).toBe(true)
    sandbox.clock.advance(25 * 3_600)
    await send(sandbox, text)
    await until(() => app.statuses().filter(({ status }) => status === 'failed').length === 2)
  })

  it('refuses a burst to one person, and no one else', async () => {
    const { sandbox } = await start()
    const answers = await Promise.all(Array.from({ length: 46 }, () => send(sandbox, text)))
    expect(answers.filter(({ body }) => body.error?.code === 131_056)).toHaveLength(1)
    expect((await send(sandbox, { ...text, to: '212661000002' })).status).toBe(200)
  })

  it('reviews a template, and buyers answer its buttons as they were told to', async () => {
    const { sandbox, app } = await start()
    const template = {
      ...{ name: 'ask', language: 'fr', category: 'UTILITY' },
      components: [
        { type: 'BODY', text: 'Salam {{1}} !', example: { body_text: [['Khadija']] } },
        {
          type: 'BUTTONS',
          buttons: ['Oui', 'Plus tard', 'Non'].map((words) => ({ type: 'QUICK_REPLY', text: words })),
        },
      ],
    }
    const made = await sandbox.call('POST', `/whatsapp/${demoNumber.accountId}/message_templates`, template, headers)
    expect(made.body.status).toBe('PENDING')
    const [text0, under] = template.components
    const bare = { ...template, name: 'bare', components: [{ ...text0, example: undefined }, under] }
    const lacking = await sandbox.call('POST', `/whatsapp/${demoNumber.accountId}/message_templates`, bare, headers)
    expect(lacking.body.error.message).toMatch(/a sample of each/)
    const button = (index: number) => ({
      ...{ type: 'button', sub_type: 'quick_reply', index: String(index) },
      parameters: [{ type: 'payload', payload: `p${index}` }],
    })
    const body = { type: 'body', parameters: [{ type: 'text', text: 'Salma' }] }
    const ask = (components: object[], name = 'ask') =>
      send(sandbox, { type: 'template', template: { name, language: { code: 'fr' }, components } })
    expect((await ask([body], 'never_made')).body.error.code).toBe(132_001)
    await until(() => app.changes().some(({ field }) => field === 'message_template_status_update'))
    expect((await ask([])).body.error.code).toBe(132_000)
    const buttons = [button(0), button(1), button(2)]
    for (const [answer, payload] of [
      ['yes', 'p0'],
      ['later', 'p1'],
      ['no', 'p2'],
    ] as const) {
      await sandbox.control('whatsapp/buyers', { phone, answer })
      await ask([body, ...buttons])
      await until(() => app.messages().some((message) => message.button?.payload === payload))
    }
    await sandbox.control('whatsapp/buyers', { phone, answer: 'text', text: 'wakha' })
    await ask([body, ...buttons])
    await until(() => app.messages().some((message) => message.text?.body === 'wakha'))
    await sandbox.control('whatsapp/templates/ask', { event: 'PAUSED' })
    expect((await ask([body])).body.error.code).toBe(132_015)
  })

  it('takes a carousel as Meta does, refuses what Meta refuses, and has its cards answered', async () => {
    const { sandbox, app } = await start()
    const origin = sandbox.url
    const bytes = Buffer.from('a picture')
    const graph = async (path: string, init: RequestInit = {}): Promise<any> =>
      (await fetch(`${origin}/whatsapp${path}`, { method: 'POST', ...init })).json()
    const sampleOf = async (type: string) => {
      const session = await graph(`/app/uploads?file_length=${bytes.length}&file_type=${type}`, { headers })
      const octets = { authorization: 'OAuth demo', file_offset: '0', 'content-type': 'application/octet-stream' }
      return (await graph(`/${session.id}`, { headers: octets, body: new Uint8Array(bytes) })).h
    }
    const [image, video] = [await sampleOf('image/png'), await sampleOf('video/mp4')]
    const reply = { type: 'QUICK_REPLY', text: 'Oui' }
    const card = (
      more: { format?: string; handle?: string; text?: string; samples?: string[]; buttons?: object[] } = {},
    ) => {
      const { format = 'IMAGE', handle = image, text: words = 'Pack', samples = [], buttons = [reply] } = more
      const header = { type: 'HEADER', format, example: { header_handle: [handle] } }
      const body = { type: 'BODY', text: words, ...(samples.length > 0 ? { example: { body_text: [samples] } } : {}) }
      return { components: [header, body, { type: 'BUTTONS', buttons }] }
    }
    const create = async (cards: object[], more: object = {}, beside: object[] = []) => {
      const components = [{ type: 'BODY', text: 'Nos packs' }, { type: 'CAROUSEL', cards }, ...beside]
      const template = { name: 'packs', language: 'fr', category: 'MARKETING', components, ...more }
      const { body } = await sandbox.call(
        'POST',
        `/whatsapp/${demoNumber.accountId}/message_templates`,
        template,
        headers,
      )
      return body.error?.message ?? body.status
    }
    const refused = [
      await create([card()]),
      await create(Array.from({ length: 11 }, () => card())),
      await create([card(), card()], { category: 'UTILITY' }),
      await create([card(), card()], {}, [{ type: 'FOOTER', text: 'Merci' }]),
      await create([card(), card({ format: 'VIDEO', handle: video })]),
      await create([card(), card({ handle: 'never uploaded' })]),
      await create([card(), card({ text: 'x'.repeat(161) })]),
      await create([card(), card({ buttons: [reply, reply] })]),
      await create([card({ buttons: [] }), card({ buttons: [] })]),
      await create([card(), card({ text: 'Pour {{1}} !' })]),
      await create([card(), card({ text: 'Pour {{1}} !', samples: ['Khadija', 'Rabat'] })]),
      await create([card(), card({ text: 'Pour {{2}} !', samples: ['Khadija'] })]),
      await create([card(), card({ text: '{{1}} !', samples: ['Khadija'] })]),
    ]
    expect(refused.every((answer) => String(answer).startsWith('(#100)'))).toBe(true)
    // Eleven are refused in the words of one, another button in those of another kind of file, two samples in those of none.
    expect(new Set(refused).size).toBe(10)
    expect(await create([card(), card({ text: 'Pour {{1}} !', samples: ['Khadija'] })])).toBe('PENDING')
    await until(() => app.changes().some(({ field }) => field === 'message_template_status_update'))

    const form = new FormData()
    form.set('type', 'image/png')
    form.set('file', new Blob([bytes]), 'pack.png')
    const { id } = await graph(`/${demoNumber.id}/media`, { headers, body: form })
    const filled = (index: number, mediaId = id, values: readonly unknown[] = index === 1 ? ['Salma'] : []) => ({
      card_index: index,
      components: [
        { type: 'header', parameters: [{ type: 'image', image: { id: mediaId } }] },
        ...(values.length > 0
          ? [{ type: 'body', parameters: values.map((value) => ({ type: 'text', text: value })) }]
          : []),
        {
          ...{ type: 'button', sub_type: 'quick_reply', index: '0' },
          parameters: [{ type: 'payload', payload: `p${index}` }],
        },
      ],
    })
    const ask = async (cards: object[]) => {
      const template = { name: 'packs', language: { code: 'fr' }, components: [{ type: 'carousel', cards }] }
      return (await send(sandbox, { type: 'template', template })).body.error?.code ?? 'taken'
    }
    const link = {
      ...filled(1),
      components: [...filled(1).components.slice(0, 2), { type: 'button', sub_type: 'url', index: '0' }],
    }
    expect([
      await ask([filled(0)]),
      await ask([filled(0), filled(2)]),
      await ask([filled(0), filled(1, '1')]),
      await ask([filled(0), link]),
      await ask([filled(0), filled(1, id, [])]),
      await ask([filled(0, id, ['Salma']), filled(1)]),
      await ask([filled(0), filled(1, id, ['Salma\nBennani'])]),
      await ask([filled(0), filled(1, id, ['x'.repeat(160)])]),
    ]).toEqual([132_000, 131_008, 131_009, 132_012, 132_000, 132_000, 132_012, 132_005])
    await sandbox.control('whatsapp/buyers', { phone, answer: 'no' })
    expect(await ask([filled(0), filled(1)])).toBe('taken')
    await until(() => app.messages().some((message) => message.button?.payload === 'p1'))
  })

  it('hands out what a buyer sent to who has the token, and sends on what it was given', async () => {
    const { sandbox, app } = await start()
    await sandbox.control('messages', { from: phone, media: { kind: 'image', caption: 'Voilà' } })
    const { id, caption, mime_type: type } = app.messages()[0].image
    expect([caption, type]).toEqual(['Voilà', 'image/png'])
    const { body: file } = await sandbox.call('GET', `/whatsapp/${id}`, undefined, headers)
    expect((await fetch(file.url)).status).toBe(401)
    const bytes = Buffer.from(await (await fetch(file.url, { headers })).arrayBuffer())
    expect([bytes.length, bytes.subarray(1, 4).toString()]).toEqual([file.file_size, 'PNG'])
    const form = new FormData()
    form.set('messaging_product', 'whatsapp')
    form.set('type', 'image/png')
    form.set('file', new Blob([bytes]), 'porte.png')
    const { origin } = new URL(file.url)
    const upload = await fetch(`${origin}/whatsapp/${demoNumber.id}/media`, { method: 'POST', headers, body: form })
    const given = (await upload.json()) as { id: string }
    expect((await send(sandbox, { type: 'image', image: { id: given.id } })).status).toBe(200)
    expect((await send(sandbox, { type: 'video', video: { id: given.id } })).body.error.code).toBe(131_053)
    expect((await send(sandbox, { type: 'image', image: { id: '1' } })).body.error.code).toBe(131_009)
  })

  it('hides the phone of who chose a user name, and reaches them by their id', async () => {
    const { sandbox, app } = await start()
    const { body: buyer } = await sandbox.control('whatsapp/buyers', { phone, hidesPhone: true })
    await sandbox.control('messages', { from: phone, text: 'Salam' })
    expect(JSON.stringify(app.received)).not.toContain(phone)
    expect(app.messages()[0]).toMatchObject({ from_user_id: buyer.userId })
    expect((await send(sandbox, { ...text, to: undefined, recipient: buyer.userId })).status).toBe(200)
  })
})
