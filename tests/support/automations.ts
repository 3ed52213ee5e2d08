import { stageFor } from './orders.ts'
import { connectLine, openNow, until, type WhatsAppWorld } from './whatsapp.ts'

/** A line, an approved question with three buttons, and what a test does with automations, buyers and their answers. */
export const playAutomations = async (world: WhatsAppWorld) => {
  const { owner, control, meta, settle } = world
  await openNow(world)
  const numberId = await connectLine(world)
  let phones = 0
  const freshPhone = () => `+21267${String(1_000_000 + ++phones)}`

  const template = async (name: string, more: object = {}) => {
    const made = await owner.post('/whatsapp/templates', {
      ...{ numberId, name, language: 'fr', category: 'utility' },
      body: 'Salam {{1}}, votre commande {{2}} : {{3}}. Vous confirmez ?',
      variables: ['customer_name', 'order_number', 'amount'],
      buttons: ['Je confirme', 'Plus tard', 'Annuler'],
      ...more,
    })
    return until(async () => {
      await settle()
      const { items } = (await owner.get('/whatsapp/templates')).body
      return items.find((one: any) => one.id === made.body.id && one.state === 'approved')
    })
  }

  /** Stages by their standard state. */
  const stage: Record<string, string> = {}
  const wanted = (more: object = {}) => ({
    name: 'Confirmation',
    numberId,
    stageId: stage.new,
    templateId: ask.id,
    delaySeconds: 0,
    buttons: [
      { index: 0, stageId: stage.confirmed },
      { index: 1, stageId: null },
      { index: 2, stageId: stage.cancelled },
    ],
    silence: null,
    ...more,
  })
  const make = async (more: object = {}) => {
    const made = await owner.post('/automations', wanted(more))
    if (made.status !== 201) throw new Error(made.text)
    const on = await owner.patch(`/automations/${made.body.id}`, { version: 1, enabled: true })
    if (on.status !== 200) throw new Error(on.text)
    return on.body
  }
  const off = async ({ id }: { id: string }) => {
    const { version } = (await owner.get(`/automations/${id}`)).body
    await owner.patch(`/automations/${id}`, { version, enabled: false })
  }

  const orderOf = async (phone: string, more: object = {}) =>
    (
      await owner.post('/orders', {
        customer: { name: 'Khadija Ouazzani', phone },
        shippingAddress: { line: '4 rue des Orangers', city: 'Casablanca' },
        lines: [{ name: 'Pack ghassoul', quantity: 1, unitPriceCentimes: 56_000 }],
        ...more,
      })
    ).body
  const answers = (phone: string, answer: string) => control('whatsapp/buyers', { phone, answer })
  const readOrder = async (id: string) => (await owner.get(`/orders/${id}`)).body
  const runsOf = async (orderId: string, query = '') =>
    (await owner.get(`/automation-runs?orderId=${orderId}${query}`)).body.items
  const sentTo = async (phone: string) => (await meta()).messages.filter((one: any) => one.to === phone.slice(1))
  const settled = (orderId: string, status: string) =>
    until(async () => {
      await settle()
      return (await runsOf(orderId)).find((run: any) => run.status === status)
    })
  /** Presses a button of a run's message, again. */
  const press = async (phone: string, orderId: string, index: number) => {
    const [sent] = (await sentTo(phone)).slice(-1)
    const payloads = sent.body.template.components.filter(({ type }: any) => type === 'button')
    await control('messages', { from: phone, buttonPayload: payloads[index].parameters[0].payload })
    await settle()
    return (await runsOf(orderId)).at(-1)
  }

  const ask = await template('cod_ask')
  for (const state of ['new', 'to_confirm', 'confirmed', 'cancelled', 'unreachable'] as const)
    stage[state] = await stageFor(owner, state)
  return {
    ...{
      answers,
      ask,
      freshPhone,
      make,
      off,
      orderOf,
      press,
      readOrder,
      runsOf,
      sentTo,
      settled,
      stage,
      template,
      wanted,
    },
  }
}
