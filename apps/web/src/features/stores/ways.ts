import type { CreateStore, StorePlatform } from '@sendocki/domain/stores/store'

/** What a merchant recognises their shop by. A sheet and a page are both our own signed hook. */
export const ways = ['shopify', 'youcan', 'woocommerce', 'lightfunnels', 'sheet', 'generic'] as const
export type Way = (typeof ways)[number]

/** How a shop lets us in: a click on its own page, keys made there, or our address pasted in its settings. */
export type Means = 'consent' | 'keys' | 'webhook' | 'hook'

/** The easiest first. */
export const meansOf: Readonly<Record<Way, readonly Means[]>> = {
  shopify: ['consent', 'webhook'],
  youcan: ['consent', 'webhook'],
  woocommerce: ['consent', 'keys', 'webhook'],
  lightfunnels: ['consent', 'webhook'],
  sheet: ['hook'],
  generic: ['hook'],
}

/** Platforms whose shop must be named before it can be asked; elsewhere the consent says which one it is. */
export const asksAddress = (platform: Way | StorePlatform, means: Means): boolean =>
  (platform === 'shopify' && means === 'consent') || (platform === 'woocommerce' && means !== 'webhook')

export interface Values {
  name: string
  means: Means
  shop: string
  webhookSecret: string
  consumerKey: string
  consumerSecret: string
  unsigned: boolean
}

/** What is sent for a form that was filled in. */
export const bodyOf = (way: Way, values: Values): CreateStore => {
  const name = values.name.trim()
  if (way === 'sheet') return { platform: 'generic', name }
  if (way === 'generic') return { platform: 'generic', name, unsigned: values.unsigned }
  const shop = asksAddress(way, values.means) ? { shop: values.shop.trim() } : {}
  const credentials = credentialsOf(values)
  return { platform: way, name, ...shop, ...(credentials ? { credentials } : {}) }
}

export const credentialsOf = ({
  means,
  webhookSecret,
  consumerKey,
  consumerSecret,
}: Pick<Values, 'means' | 'webhookSecret' | 'consumerKey' | 'consumerSecret'>): CreateStore['credentials'] => {
  if (means === 'webhook') return { webhookSecret: webhookSecret.trim() }
  if (means === 'keys') return { consumerKey: consumerKey.trim(), consumerSecret: consumerSecret.trim() }
  return undefined
}
