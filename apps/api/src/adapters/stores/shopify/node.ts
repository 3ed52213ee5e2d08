import { type Fields, fieldsOf, listOf, textOf } from '../reading.ts'

/** What an order of the shop's list carries: the same facts as the webhook's payload. Lists are at most 250 long. */
export const orderFields = `
  id name createdAt processedAt updatedAt cancelledAt test currencyCode
  totalPriceSet { shopMoney { amount } }
  currentTotalPriceSet { shopMoney { amount } }
  totalOutstandingSet { shopMoney { amount } }
  totalShippingPriceSet { shopMoney { amount } }
  totalDiscountsSet { shopMoney { amount } }
  displayFinancialStatus paymentGatewayNames note tags phone email sourceName
  customAttributes { key value }
  customerJourneySummary { firstVisit { landingPage } }
  customer { id firstName lastName phone email }
  shippingAddress { name firstName lastName address1 address2 city province zip countryCodeV2 phone }
  billingAddress { name firstName lastName address1 address2 city province zip countryCodeV2 phone }
  lineItems(first: 100) {
    nodes { id title variantTitle sku quantity currentQuantity originalUnitPriceSet { shopMoney { amount } } product { id } variant { id } }
  }`

/** `gid://shopify/Order/7001` is 7001 in webhooks. */
export const plainId = (gid: unknown): string | null =>
  textOf(gid, 80)?.replace(/^gid:\/\/shopify\/\w+\/(\d+).*$/, '$1') ?? null

const amount = (set: unknown): unknown => fieldsOf(fieldsOf(set).shopMoney).amount

/** A node of the Admin API in the webhook's form, so that there is one reader of orders. */
export const payloadOf = (value: unknown): Fields => {
  const node = fieldsOf(value)
  const customer = fieldsOf(node.customer)
  return {
    id: plainId(node.id),
    name: node.name,
    created_at: node.createdAt,
    processed_at: node.processedAt,
    updated_at: node.updatedAt,
    cancelled_at: node.cancelledAt,
    test: node.test,
    currency: node.currencyCode,
    total_price: amount(node.totalPriceSet),
    current_total_price: amount(node.currentTotalPriceSet),
    total_outstanding: amount(node.totalOutstandingSet),
    total_discounts: amount(node.totalDiscountsSet),
    total_shipping_price_set: { shop_money: { amount: amount(node.totalShippingPriceSet) } },
    financial_status: textOf(node.displayFinancialStatus, 40)?.toLowerCase(),
    payment_gateway_names: node.paymentGatewayNames,
    note: node.note,
    note_attributes: listOf(node.customAttributes).map((entry) => ({
      name: fieldsOf(entry).key,
      value: fieldsOf(entry).value,
    })),
    tags: listOf(node.tags).join(','),
    source_name: node.sourceName,
    landing_site: fieldsOf(fieldsOf(node.customerJourneySummary).firstVisit).landingPage,
    phone: node.phone,
    email: node.email,
    customer: {
      first_name: customer.firstName,
      last_name: customer.lastName,
      phone: customer.phone,
      email: customer.email,
    },
    shipping_address: addressOf(node.shippingAddress),
    billing_address: addressOf(node.billingAddress),
    line_items: listOf(fieldsOf(node.lineItems).nodes).map(lineOf),
  }
}

const addressOf = (value: unknown): Fields => {
  const { firstName, lastName, countryCodeV2, ...same } = fieldsOf(value)
  return { ...same, first_name: firstName, last_name: lastName, country_code: countryCodeV2 }
}

const lineOf = (value: unknown): Fields => {
  const line = fieldsOf(value)
  return {
    id: plainId(line.id),
    title: line.title,
    variant_title: line.variantTitle,
    sku: line.sku,
    quantity: line.quantity,
    current_quantity: line.currentQuantity,
    price: amount(line.originalUnitPriceSet),
  }
}
