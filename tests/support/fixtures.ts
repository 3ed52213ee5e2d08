import { createHmac } from 'node:crypto'
import { beginRuns } from '@sendocki/api/modules/automation-runs/index'
import { receiveShopOrder } from '@sendocki/api/modules/orders/index'
import { startSandbox } from '@sendocki/sandbox/sandbox'
import { afterAll } from 'vitest'
import { type ApiOptions, startApi, type TestApi } from './app.ts'
import { ring } from './calling.ts'
import { importForm } from './forms.ts'
import { shopOrder } from './orders.ts'

/** Values that must not be seen by whom they are hidden from. */
export const canaries = { phones: ['+212661234987'], addresses: ['7 impasse des Grenadiers'] } as const

export interface PlayedApi extends TestApi {
  readonly sandboxUrl: string
}

/** The API with the outside world played beside it, on ports of their own. */
export const startPlayedApi = async (options: ApiOptions = {}): Promise<PlayedApi> => {
  const sandbox = await startSandbox({ port: 0, smtpPort: 0 })
  afterAll(() => sandbox.close())
  const env = { SANDBOX: 'on', SANDBOX_URL: sandbox.url, SMTP_URL: sandbox.smtpUrl, ...options.env }
  const api = await startApi({ ...options, env })
  return { ...api, sandboxUrl: sandbox.url }
}

/** One row of the first merchant for every noun that an address can name, made through the API itself. */
export const fixtures = async (api: PlayedApi): Promise<Readonly<Record<string, string>>> => {
  const owner = api.as('owner')
  const made = async (path: string, body: unknown): Promise<any> => {
    // Labels would otherwise be waited for, and no job runs meanwhile.
    const headers = { 'idempotency-key': crypto.randomUUID(), prefer: 'respond-async' }
    const answer = await owner.post(path, body, headers)
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    return answer.body
  }
  const order = await made('/orders', {
    customer: { name: 'Khadija Ouazzani', phone: canaries.phones[0] },
    shippingAddress: { line: canaries.addresses[0], city: 'Casablanca', district: 'Maârif' },
    lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
    shippingFeeCentimes: 3_100,
  })
  const store = await made('/stores', { platform: 'generic', name: 'Page de vente' })
  const invitation = await made('/invitations', {
    email: 'hicham@dar-argan.example',
    roleId: api.merchant.people.viewer.roleId,
  })
  await poison(api, store)
  const product = await made('/products', { name: 'Huile d’argan', sku: 'HUILE-1', priceCentimes: 12_900 })
  const { shopProductId } = await sellUnknown(api, store)
  const spelling = await made('/city-spellings', { text: 'Blad Lkhir', city: 'kenitra' })
  const account = await connectCarrier(api, made)
  const parcel = await deliver(api, made, order, account)
  const labels = await made('/labels', { parcelIds: [parcel.id] })
  const paper = await made('/papers', { kind: 'label', parcelIds: [parcel.id] })
  const { operationId } = await made('/collections/mark', { parcelIds: [parcel.id], status: 'collected' })
  const said = await sayByHand(api, made)
  const bulk = await made('/bulk-operations', {
    noun: 'orders',
    ids: [order.id],
    action: 'tag',
    params: { add: ['vip'] },
  })
  const merge = await mergeTwins(made)
  const rule = [{ field: 'orders', op: 'atLeast', value: 2 }]
  const segment = await made('/segments', { name: 'Reviennent', rule })
  const view = await made('/views', { name: 'Mes retards', filter: { late: true } })
  const script = await made('/calls/scripts', { tongue: 'fr', text: 'Bonjour {customer}' })
  const file = await made('/exports', { kind: 'orders', columns: ['number', 'customer', 'phone'], format: 'csv' })
  const form = importForm({ kind: 'customers', text: 'nom;tel\nSamira Alaoui;0612000088' })
  const loaded = await owner.post('/imports', form.body, form.headers)
  if (loaded.status !== 201) throw new Error(loaded.text)
  const call = await made('/calls/claim', { orderId: order.id })
  const whatsapp = await writeOnWhatsApp(api, made, order.customer.id)
  const automated = await automate(api, made, order, whatsapp)
  await api.runJobs()
  const first = async (path: string): Promise<string> => (await owner.get(path)).body.items[0].id
  const { reasons } = (await owner.get('/pipeline')).body
  return {
    orders: order.id,
    customers: order.customer.id,
    leases: call.lease.id,
    stores: store.id,
    inbound: await first('/inbound'),
    'dead-letters': await first('/dead-letters'),
    'carrier-accounts': account.id,
    parcels: parcel.id,
    deliveries: parcel.id,
    'carrier-files': said.fileId,
    'tracking-operations': said.operationId,
    labels: labels.id,
    papers: paper.id,
    operations: operationId,
    'bulk-operations': bulk.id,
    merges: merge.mergeId,
    segments: segment.id,
    views: view.id,
    scripts: script.id,
    ...whatsapp,
    ...automated,
    exports: file.id,
    imports: loaded.body.id,
    products: product.id,
    variants: product.variants[0].id,
    'shop-products': shopProductId,
    'city-spellings': spelling.id,
    invitations: invitation.id,
    members: api.merchant.people.viewer.memberId,
    sessions: api.merchant.people.manager.sessionId,
    'api-keys': api.merchant.keys.viewer.id,
    stages: order.stageId,
    reasons: reasons[0].id,
    events: await first(`/orders/${order.id}/events`),
    roles: api.merchant.people.viewer.roleId,
    'incoming-calls': await ringIn(api, made),
    merchants: api.merchant.merchantId,
  }
}

/** A call that the merchant's exchange tells of. */
const ringIn = async (api: PlayedApi, made: (path: string, body: unknown) => Promise<any>): Promise<string> => {
  await ring(api, await made('/calls/pbx', undefined), { callId: 'fixture', event: 'started', from: '0612000091' })
  return (await api.as('owner').get('/calls/incoming')).body.items[0].id
}

/** Two customers who turned out to be one. */
const mergeTwins = async (made: (path: string, body: unknown) => Promise<any>): Promise<{ mergeId: string }> => {
  const twin = (phone: string) =>
    made('/orders', {
      customer: { name: 'Hajar Lahlou', phone },
      shippingAddress: { line: '9 rue Ibn Sina', city: 'Rabat' },
      lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
    })
  const [kept, other] = [await twin('0612000091'), await twin('0612000092')]
  return made(`/customers/${kept.customer.id}/merge`, { customerId: other.customer.id })
}

/** A carrier without API: a parcel of its own, something that was said of it, and a file that was loaded. */
const sayByHand = async (
  api: PlayedApi,
  made: (path: string, body: unknown) => Promise<any>,
): Promise<{ fileId: string; operationId: string }> => {
  const owner = api.as('owner')
  const { stages } = (await owner.get('/pipeline')).body
  const order = await made('/orders', {
    customer: { name: 'Nadia Tahiri', phone: '0612000077' },
    shippingAddress: { line: '4 rue des Orangers', city: 'Rabat' },
    lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 24_900 }],
    stageId: stages.find((stage: { state: string | null }) => stage.state === 'confirmed').id,
  })
  const account = await made('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })
  const { items } = await made('/parcels', { orderIds: [order.id], carrierAccountId: account.id })
  const { operationId } = await made(`/parcels/${items[0].parcelId}/tracking-events`, { status: 'in_transit' })
  const file = await owner.post(`/carrier-accounts/${account.id}/files`, 'AC-1', { 'content-type': 'text/csv' })
  if (file.status !== 201) throw new Error(file.text)
  return { fileId: file.body.id, operationId }
}

/** A number, a template, a reply at hand, and a conversation in which the buyer wrote. */
const writeOnWhatsApp = async (
  api: PlayedApi,
  made: (path: string, body: unknown) => Promise<any>,
  customerId: string,
): Promise<Readonly<Record<string, string>>> => {
  const number = await made('/whatsapp/numbers', {
    name: 'Dar Argan',
    phoneNumberId: '100200300400500',
    businessAccountId: '200300400500600',
    accessToken: 'demo',
    appSecret: 'demo',
  })
  const template = await made('/whatsapp/templates', {
    numberId: number.id,
    name: 'bonjour',
    language: 'fr',
    category: 'utility',
    body: 'Bonjour, nous préparons votre commande.',
  })
  const reply = await made('/whatsapp/quick-replies', { name: 'merci', text: 'Merci de votre confiance.' })
  const conversation = await made('/whatsapp/conversations', { customerId, numberId: number.id })
  const media = await uploadPage(api)
  await hearOnWhatsApp(api, number.id)
  return {
    numbers: number.id,
    templates: template.id,
    'quick-replies': reply.id,
    conversations: conversation.id,
    media,
  }
}

/** A stage that would write by itself, and a message of it that waits. */
const automate = async (
  api: PlayedApi,
  made: (path: string, body: unknown) => Promise<any>,
  order: { id: string; stageId: string; createdAt: string },
  { numbers: numberId, templates: templateId }: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => {
  const { stageId } = order
  const form = { name: 'Bonjour', numberId, stageId, templateId, delaySeconds: 0, buttons: [], silence: null }
  const automation = await made('/automations', form)
  const later = new Date(api.clock.now().getTime() + 86_400_000).toISOString()
  const begins = [{ automationId: automation.id, scheduledAt: later }]
  const entry = { orderId: order.id, eventId: crypto.randomUUID(), stageId, enteredAt: order.createdAt, begins }
  const ctx = api.ctx(api.merchant)
  await ctx.transaction((tx) => beginRuns(ctx, tx, [entry]))
  const { items } = (await api.as('owner').get('/automation-runs')).body
  return { automations: automation.id, 'automation-runs': items[0].id }
}

/** A file to send. */
const uploadPage = async (api: PlayedApi): Promise<string> => {
  const headers = { 'content-type': 'application/octet-stream' }
  const { status, body, text } = await api.as('owner').post('/whatsapp/media', Buffer.from('%PDF-1.4'), headers)
  if (status !== 201) throw new Error(text)
  return body.id
}

/** The buyer writes, so that free text may be answered. */
const hearOnWhatsApp = async (api: PlayedApi, numberId: string): Promise<void> => {
  const [phone = ''] = canaries.phones
  const message = {
    id: `wamid.${numberId}`,
    from: phone.slice(1),
    timestamp: String(Math.floor(api.clock.now().getTime() / 1000)),
    ...{ type: 'text', text: { body: 'Bonjour' } },
  }
  const value = { metadata: { phone_number_id: '100200300400500' }, messages: [message] }
  const changes = [{ field: 'messages', value }]
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '200300400500600', changes }] })
  const signature = `sha256=${createHmac('sha256', 'demo').update(body).digest('hex')}`
  const answer = await api
    .withToken(null)
    .post(`//hooks/whatsapp/${numberId}`, body, { 'x-hub-signature-256': signature })
  if (answer.status !== 200) throw new Error(answer.text)
}

/** A delivery that is signed and cannot be read: it ends among the jobs that gave up. */
const poison = async (api: PlayedApi, store: { webhookUrl: string; webhookSecret: string }): Promise<void> => {
  const body = '{"external_id":"POISON-1","items":"none"}'
  const t = Math.floor(api.clock.now().getTime() / 1000)
  const v1 = createHmac('sha256', store.webhookSecret).update(`${t}.${body}`).digest('hex')
  const { pathname } = new URL(store.webhookUrl)
  await api
    .withToken(null)
    .post(`/${pathname}`, body, { 'content-type': 'application/json', 'x-signature': `t=${t},v1=${v1}` })
  await api.runJobs()
}

/** A shop sells something that no product of ours is known by. */
const sellUnknown = async (api: PlayedApi, store: { id: string }): Promise<{ shopProductId: string }> => {
  const line = { externalId: '1', sku: 'INCONNU-1', name: 'Gant kessa', quantity: 1, unitPriceCentimes: 4_900 }
  const customer = { name: 'Salma Bennani', email: null, phones: ['0661999888'] }
  const order = shopOrder('KESSA-1', { customer, lines: [line] })
  const ctx = api.ctx(api.merchant)
  await ctx.transaction((tx) =>
    receiveShopOrder(ctx, tx, { storeId: store.id, storeName: 'Page de vente', order, trust: 'signed' }),
  )
  return { shopProductId: (await api.as('owner').get('/shop-products')).body.items[0].id }
}

const connectCarrier = async (api: PlayedApi, made: (path: string, body: unknown) => Promise<any>): Promise<any> => {
  const { id } = await made('/carrier-accounts', {
    carrier: 'sendit',
    name: 'Sendit',
    credentials: { publicKey: 'demo', secretKey: 'demo' },
  })
  await api.runJobs()
  const owner = api.as('owner')
  const [place] = (await owner.get(`/carrier-accounts/${id}/cities?pickup=true`)).body.items
  const { version } = (await owner.get(`/carrier-accounts/${id}`)).body
  const answer = await owner.patch(`/carrier-accounts/${id}`, {
    version,
    settings: {
      pickupPlaceId: place.placeId,
      pickupName: 'Dar Argan',
      pickupPhone: '0661000000',
      pickupAddress: '12 rue des Orangers',
    },
  })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body
}

/** Confirms the order, ships it with the carrier, and lets the carrier deliver it. */
const deliver = async (
  api: PlayedApi,
  made: (path: string, body: unknown) => Promise<any>,
  order: any,
  account: any,
): Promise<any> => {
  const owner = api.as('owner')
  const { stages } = (await owner.get('/pipeline')).body
  const confirmed = stages.find((stage: { state: string | null }) => stage.state === 'confirmed')
  await made(`/orders/${order.id}/move`, { stageId: confirmed.id, version: order.version })
  const { items } = await made('/parcels', { orderIds: [order.id], carrierAccountId: account.id })
  if (items[0].refusal) throw new Error(JSON.stringify(items[0].refusal))
  await api.runJobs()
  const parcel = (await owner.get(`/parcels/${items[0].parcelId}`)).body
  for (const status of ['PICKEDUP', 'DELIVERED']) {
    const told = await fetch(`${api.sandboxUrl}/control/parcels/${parcel.trackingNumber}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status, silent: true }),
    })
    if (!told.ok) throw new Error(await told.text())
    await made(`/parcels/${parcel.id}/refresh`, {})
    await api.runJobs()
  }
  return (await owner.get(`/parcels/${parcel.id}`)).body
}
