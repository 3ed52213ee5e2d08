import { centimesOf, decimalText } from '../amounts.ts'
import type { BelievableOrder } from '../believable.ts'
import { type Chance, happens, pick } from '../chance.ts'
import { offsetText } from '../moroccan-clock.ts'
import type { ShopifyOrder } from './state.ts'

/** What Shopify gives each order, whatever is in it. */
export interface OrderIdentity {
  readonly id: number
  readonly number: number
  readonly at: Date
}

/** Everything that a caller's order leaves out is there and empty, as Shopify would send it; sums follow from the lines. */
export const givenPayload = (given: Readonly<Record<string, unknown>>, identity: OrderIdentity): ShopifyOrder => {
  const empty = emptyPayload(identity)
  const order = { ...empty, ...given }
  return { ...order, ...sumsOf(order, given) }
}

/** A believable order in Shopify's format. */
export const believablePayload = (order: BelievableOrder, identity: OrderIdentity, chance: Chance): ShopifyOrder => {
  const cityInAddress = !order.formApp || happens(chance, 0.6)
  const address = {
    first_name: order.firstName,
    last_name: order.lastName,
    name: `${order.firstName} ${order.lastName}`,
    address1: order.address,
    address2: '',
    city: cityInAddress ? order.city : null,
    province: null,
    zip: null,
    country: 'Morocco',
    country_code: 'MA',
    phone: order.formApp ? null : order.phone,
  }
  const utm = new URLSearchParams(order.utm).toString()
  return givenPayload(
    {
      payment_gateway_names: order.formApp
        ? pick(chance, [[], ['Paiement à la livraison'], ['الدفع عند الاستلام']])
        : ['Cash on Delivery (COD)'],
      note: order.note,
      note_attributes: order.formApp ? formAttributes(order, chance) : [],
      tags: order.formApp ? 'releasit_cod_form' : '',
      landing_site: utm ? `/products/offre?${utm}` : '/',
      customer: {
        id: identity.id + 1,
        first_name: order.firstName,
        last_name: order.lastName,
        phone: null,
        email: null,
      },
      shipping_address: address,
      billing_address: order.formApp ? null : address,
      line_items: order.lines.map(({ product, quantity }, index) => ({
        id: identity.id + 10 + index,
        product_id: product.productId,
        variant_id: product.variantId,
        title: product.title,
        variant_title: product.variant,
        sku: product.sku,
        quantity,
        current_quantity: quantity,
        price: decimalText(product.priceDirhams * 100),
        total_discount: '0.00',
        discount_allocations: [],
        requires_shipping: true,
        properties: [],
      })),
      shipping_lines: [{ title: 'Livraison', price: decimalText(order.shippingDirhams * 100) }],
    },
    identity,
  )
}

const formAttributes = ({ phone, city, utm }: BelievableOrder, chance: Chance) => [
  ...(phone ? [{ name: pick(chance, ['Téléphone', 'phone', 'Numéro WhatsApp', 'رقم الهاتف']), value: phone }] : []),
  ...(city ? [{ name: pick(chance, ['Ville', 'city', 'المدينة']), value: city }] : []),
  ...Object.entries(utm).map(([name, value]) => ({ name, value })),
]

const emptyPayload = ({ id, number, at }: OrderIdentity) => ({
  id,
  admin_graphql_api_id: `gid://shopify/Order/${id}`,
  name: `#${number}`,
  order_number: number,
  test: false,
  created_at: offsetText(at),
  processed_at: offsetText(at),
  updated_at: offsetText(at),
  cancelled_at: null,
  closed_at: null,
  cancel_reason: null,
  currency: 'MAD',
  presentment_currency: 'MAD',
  total_discounts: '0.00',
  total_tax: '0.00',
  financial_status: 'pending',
  fulfillment_status: null,
  payment_gateway_names: [] as unknown,
  note: null,
  note_attributes: [],
  tags: '',
  source_name: 'web',
  landing_site: null,
  referring_site: null,
  browser_ip: null,
  client_details: null,
  phone: null,
  email: '',
  customer: null,
  shipping_address: null,
  billing_address: null,
  line_items: [] as unknown,
  shipping_lines: [] as unknown,
  discount_codes: [],
})

/** Sums that the caller did not give, from the lines as they are now; an amount that is no amount counts as nothing. */
const sumsOf = (order: Readonly<Record<string, unknown>>, given: Readonly<Record<string, unknown>>) => {
  const lines = recordsIn(order.line_items)
  const sum = (quantity: 'quantity' | 'current_quantity') =>
    lines.reduce(
      (total, line) => total + (centimesOf(line.price) ?? 0) * Number(line[quantity] ?? line.quantity ?? 1),
      0,
    )
  const shipping = recordsIn(order.shipping_lines).reduce((total, line) => total + (centimesOf(line.price) ?? 0), 0)
  const discount = centimesOf(order.total_discounts) ?? 0
  const current = decimalText(sum('current_quantity') + shipping - discount)
  const total = String(given.total_price ?? decimalText(sum('quantity') + shipping - discount))
  const currentTotal = String(given.current_total_price ?? given.total_price ?? current)
  return {
    subtotal_price: given.subtotal_price ?? decimalText(sum('quantity')),
    total_price: total,
    current_total_price: currentTotal,
    total_outstanding: given.total_outstanding ?? (order.financial_status === 'paid' ? '0.00' : currentTotal),
    total_shipping_price_set: given.total_shipping_price_set ?? {
      shop_money: { amount: decimalText(shipping), currency_code: order.currency },
    },
  }
}

/** The objects in a value that should be a list of them. */
export const recordsIn = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : []

/**
 * The order after an edit or a cancellation. Shopify writes whole seconds; two changes within one would look equally
 * old, so that each is at least a second younger than the one before.
 */
export const changedPayload = (
  order: ShopifyOrder,
  change: Readonly<Record<string, unknown>>,
  at: Date,
): ShopifyOrder => {
  const after = new Date(Math.max(at.getTime(), Date.parse(order.updated_at) + 1000))
  const updated_at = typeof change.updated_at === 'string' ? change.updated_at : offsetText(after)
  const changed = { ...order, ...change, id: order.id, updated_at }
  const summed = change.line_items || change.shipping_lines ? sumsOf(changed, change) : {}
  return { ...changed, ...summed }
}
