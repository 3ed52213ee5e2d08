import { centimesOf, decimalText } from '../amounts.ts'
import { connectionOf, type Node } from '../graphql/answer.ts'
import { recordsIn } from './payload.ts'
import type { ShopifyOrder } from './state.ts'

type Json = Readonly<Record<string, unknown>>

/** An order in the shape of the Admin GraphQL API, from the one that the webhooks carry. */
export const orderNode = (order: ShopifyOrder): Node => {
  const currency = text(order.currency) ?? 'MAD'
  const money = (value: unknown) => moneyBag(value, currency)
  const shipping = record(record(order.total_shipping_price_set)?.shop_money)?.amount
  return {
    __typename: 'Order',
    id: `gid://shopify/Order/${order.id}`,
    legacyResourceId: String(order.id),
    name: text(order.name),
    createdAt: utc(order.created_at),
    processedAt: utc(order.processed_at),
    updatedAt: utc(order.updated_at),
    cancelledAt: utc(order.cancelled_at),
    closedAt: utc(order.closed_at),
    cancelReason: text(order.cancel_reason)?.toUpperCase() ?? null,
    test: order.test === true,
    currencyCode: currency,
    presentmentCurrencyCode: text(order.presentment_currency) ?? currency,
    totalPriceSet: money(order.total_price),
    currentTotalPriceSet: money(order.current_total_price),
    subtotalPriceSet: money(order.subtotal_price),
    totalOutstandingSet: money(order.total_outstanding),
    totalShippingPriceSet: money(shipping),
    totalDiscountsSet: money(order.total_discounts),
    totalTaxSet: money(order.total_tax),
    displayFinancialStatus: text(order.financial_status)?.toUpperCase() ?? null,
    displayFulfillmentStatus: text(order.fulfillment_status)?.toUpperCase() ?? 'UNFULFILLED',
    paymentGatewayNames: order.payment_gateway_names ?? [],
    note: text(order.note),
    customAttributes: attributes(order.note_attributes),
    tags: (text(order.tags) ?? '')
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    phone: text(order.phone),
    email: text(order.email),
    sourceName: text(order.source_name),
    landingPageUrl: text(order.landing_site),
    referrerUrl: text(order.referring_site),
    clientIp: text(order.browser_ip),
    discountCodes: recordsIn(order.discount_codes).map(({ code }) => code),
    customerJourneySummary: journey(text(order.landing_site)),
    customer: customerNode(record(order.customer)),
    shippingAddress: addressNode(record(order.shipping_address)),
    billingAddress: addressNode(record(order.billing_address)),
    shippingLines: (args: Json) =>
      connectionOf('ShippingLine', listed(recordsIn(order.shipping_lines), shippingLine(money)), args),
    lineItems: (args: Json) => connectionOf('LineItem', listed(recordsIn(order.line_items), lineItem(money)), args),
  }
}

type Money = (value: unknown) => Node

const lineItem =
  (money: Money) =>
  (line: Json): Node => ({
    __typename: 'LineItem',
    id: `gid://shopify/LineItem/${line.id}`,
    title: text(line.title),
    name: [text(line.title), text(line.variant_title)].filter(Boolean).join(' - '),
    variantTitle: text(line.variant_title),
    sku: text(line.sku),
    quantity: line.quantity ?? 1,
    currentQuantity: line.current_quantity ?? line.quantity ?? 1,
    requiresShipping: line.requires_shipping !== false,
    originalUnitPriceSet: money(line.price),
    discountedUnitPriceSet: money(line.price),
    totalDiscountSet: money(line.total_discount),
    customAttributes: attributes(line.properties),
    product: line.product_id ? { __typename: 'Product', id: `gid://shopify/Product/${line.product_id}` } : null,
    variant: line.variant_id
      ? { __typename: 'ProductVariant', id: `gid://shopify/ProductVariant/${line.variant_id}` }
      : null,
  })

const shippingLine =
  (money: Money) =>
  (line: Json): Node => ({
    __typename: 'ShippingLine',
    title: text(line.title),
    originalPriceSet: money(line.price),
    discountedPriceSet: money(line.price),
  })

const listed = (rows: readonly Json[], nodeOf: (row: Json) => Node) =>
  rows.map((row, index) => ({ key: String(index).padStart(6, '0'), node: nodeOf(row) }))

const customerNode = (customer: Json | null): Node | null => {
  if (!customer) return null
  const [phone, email] = [text(customer.phone), text(customer.email)]
  return {
    __typename: 'Customer',
    id: `gid://shopify/Customer/${customer.id}`,
    firstName: text(customer.first_name),
    lastName: text(customer.last_name),
    displayName: [text(customer.first_name), text(customer.last_name)].filter(Boolean).join(' '),
    phone,
    email,
    defaultPhoneNumber: phone === null ? null : { __typename: 'CustomerPhoneNumber', phoneNumber: phone },
    defaultEmailAddress: email === null ? null : { __typename: 'CustomerEmailAddress', emailAddress: email },
  }
}

const addressNode = (address: Json | null): Node | null =>
  address && {
    __typename: 'MailingAddress',
    firstName: text(address.first_name),
    lastName: text(address.last_name),
    name: text(address.name),
    company: text(address.company),
    address1: text(address.address1),
    address2: text(address.address2),
    city: text(address.city),
    province: text(address.province),
    zip: text(address.zip),
    country: text(address.country),
    countryCode: text(address.country_code),
    countryCodeV2: text(address.country_code),
    phone: text(address.phone),
  }

/** GraphQL writes amounts with the decimals they need, one at least: `249.0` where the webhook says `249.00`. */
const moneyBag = (value: unknown, currency: string): Node => {
  const amount = decimalText(centimesOf(value) ?? 0).replace(/0$/, '')
  const money = { __typename: 'MoneyV2', amount, currencyCode: currency }
  return { __typename: 'MoneyBag', shopMoney: money, presentmentMoney: money }
}

const attributes = (value: unknown) =>
  recordsIn(value).map((one) => ({ __typename: 'Attribute', key: String(one.name), value: text(one.value) }))

const journey = (landingPage: string | null): Node | null => {
  if (landingPage === null) return null
  const utm = new URLSearchParams(landingPage.split('?', 2)[1] ?? '')
  const visit = {
    __typename: 'CustomerVisit',
    landingPage,
    utmParameters: utm.has('utm_source')
      ? {
          __typename: 'UTMParameters',
          source: utm.get('utm_source'),
          medium: utm.get('utm_medium'),
          campaign: utm.get('utm_campaign'),
          content: utm.get('utm_content'),
          term: utm.get('utm_term'),
        }
      : null,
  }
  return { __typename: 'CustomerJourneySummary', firstVisit: visit, lastVisit: visit }
}

const utc = (value: unknown): string | null => {
  const at = Date.parse(String(value))
  return Number.isNaN(at) ? null : new Date(at).toISOString().replace('.000Z', 'Z')
}

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))
const record = (value: unknown): Json | null => (typeof value === 'object' && value !== null ? (value as Json) : null)
