import type { Shopkeeper } from './shopkeeper.ts'
import { eventually } from './stack.ts'
import { connectShopify, type Outside } from './trade.ts'
import { demoLine } from './whatsapp.ts'

type Language = 'fr' | 'ar'

/** Who orders, and what each does when WhatsApp asks. */
const buyers = {
  yesOne: { fr: 'Salma Alami', ar: 'سلمى العلمي', answer: 'yes' },
  yesTwo: { fr: 'Hicham Bouazza', ar: 'هشام بوعزة', answer: 'yes' },
  yesThree: { fr: 'Imane Fassi', ar: 'إيمان الفاسي', answer: 'yes' },
  inWords: { fr: 'Mehdi Tazi', ar: 'مهدي التازي', answer: 'text' },
  no: { fr: 'Rachid Kabbaj', ar: 'رشيد القباج', answer: 'no' },
  silent: { fr: 'Nadia Chraibi', ar: 'نادية الشرايبي', answer: 'nothing' },
  later: { fr: 'Youssef Amrani', ar: 'يوسف العمراني', answer: 'nothing' },
  twice: { fr: 'Ghita Benjelloun', ar: 'غيثة بنجلون', answer: 'nothing' },
  blocked: { fr: 'Karim Lahlou', ar: 'كريم لحلو', answer: 'nothing' },
} as const
export type Part = keyof typeof buyers
const parts = Object.keys(buyers) as Part[]

/** In the order in which they come: others stand between the two of one wish. */
export const arrivals: readonly Part[] = [
  ...(['yesOne', 'twice', 'silent', 'yesTwo', 'inWords', 'later', 'no', 'blocked', 'yesThree', 'twice'] as const),
]

/** What people say and write, beside the app's own words. */
const saidIn = {
  fr: {
    ...{ phones: '06615400', line: '100200300400501', account: '200300400500601' },
    ...{ question: 'Salam {{1}}, vous confirmez la commande {{2}} ?', yes: 'Je confirme', no: 'J’annule' },
    ...{ inWords: 'Wakha', landmark: 'Face à la poste', callback: 'demain 15h', reason: 'Deux colis refusés' },
    agents: ['Amal Idrissi', 'Soukaina Naciri'],
  },
  ar: {
    ...{ phones: '06625400', line: '100200300400502', account: '200300400500602' },
    ...{ question: 'السلام {{1}}، هل نؤكد الطلب {{2}} ؟', yes: 'نعم، أؤكد', no: 'لا، ألغي' },
    ...{ inWords: 'واخا', landmark: 'قبالة البريد', callback: 'غدا 15h', reason: 'رفض طردين' },
    agents: ['أمل الإدريسي', 'سكينة الناصري'],
  },
} as const

/** The shop of a day of confirmation: its buyers, its line and question at Meta, its orders. */
export const confirmationShop = (outside: Outside, keeper: Shopkeeper, language: Language) => {
  const said = saidIn[language]
  const shop = `confirmation-${crypto.randomUUID().slice(0, 6)}`
  const nameOf = (part: Part): string => buyers[part][language]
  const partOf = (name: string): Part | undefined => parts.find((part) => nameOf(part) === name)
  const place = (part: Part): number => 10 + parts.indexOf(part)
  const phoneOf = (part: Part): string => `${said.phones}${place(part)}`

  /** Calls at any hour: the machine's clock is not the merchant's. */
  const openHours = async (): Promise<void> => {
    const { settings, version } = (await keeper.get('/calls/settings')).body
    const always = { week: Array(7).fill([{ from: '00:00', to: '24:00' }]), fridayPause: null, holidays: [] }
    const ramadan = { ...settings.ramadan, periods: [] }
    const { status, body } = await keeper.call('PUT', '/calls/settings', {
      ...{ version, settings: { ...settings, ...always, ramadan } },
    })
    if (status !== 200) throw new Error(JSON.stringify(body))
  }

  /** A line of its own, buyers who know what they will answer, and a question that Meta approved. */
  const openLine = async (): Promise<void> => {
    const { line: phoneNumberId, account: businessAccountId, question, yes, no } = said
    await outside.control('whatsapp/numbers', { phoneNumberId, businessAccountId })
    for (const part of parts) {
      const buyer = { name: nameOf(part), answer: buyers[part].answer, text: said.inWords }
      await outside.control('whatsapp/buyers', { ...buyer, phone: `212${phoneOf(part).slice(1)}` })
    }
    const number = await keeper.post('/whatsapp/numbers', { ...demoLine, phoneNumberId, businessAccountId })
    await keeper.post('/whatsapp/templates', {
      ...{ numberId: number.body.id, name: 'cod_ask', language, category: 'utility' },
      ...{ body: question, variables: ['customer_name', 'order_number'], buttons: [yes, no] },
    })
    await eventually(
      async () => (await keeper.get('/whatsapp/templates?state=approved')).body.items as unknown[],
      (items) => items.length > 0,
      'the approval of the question',
    )
  }

  const orderOf = (part: Part): object => ({
    shipping_address: {
      ...{ name: nameOf(part), phone: phoneOf(part), city: 'Casablanca', country_code: 'MA' },
      address1: `${place(part)} rue des Orangers`,
    },
    line_items: [
      ...[{ id: 1, title: 'Lampe solaire', sku: 'LAMP-N', quantity: 1, current_quantity: 1, price: '219.00' }],
    ],
    shipping_lines: [{ title: 'Livraison', price: '30.00' }],
    payment_gateway_names: ['Cash on Delivery (COD)'],
  })

  return {
    said,
    nameOf,
    partOf,
    open: async (): Promise<void> => {
      await openHours()
      await connectShopify(keeper, shop)
      await openLine()
    },
    /** Sends the orders by the shop's signed webhooks, and answers the ids of those of some parts. */
    arrive: async (): Promise<(...wanted: Part[]) => string[]> => {
      for (const part of arrivals) await outside.control('shops/shopify/orders', { shop, order: orderOf(part) })
      const orders = await eventually(
        async () => (await keeper.get('/orders?limit=50')).body.items as { id: string; customer: { name: string } }[],
        (items) => items.length === arrivals.length,
        'every order',
      )
      return (...wanted) =>
        orders.filter(({ customer }) => wanted.some((part) => part === partOf(customer.name))).map(({ id }) => id)
    },
  }
}
export type ConfirmationShop = ReturnType<typeof confirmationShop>
