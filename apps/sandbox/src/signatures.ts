import { createHmac } from 'node:crypto'

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text, 'utf8')

/** Base64, as Shopify signs its webhooks. Source: integrations.md 3.1. */
export const base64Signature = (secret: string, body: string): string => hmac(secret, body).digest('base64')

/** Lower-case hexadecimal, as Sendit signs its webhooks. Source: integrations.md 1.8. */
export const hexSignature = (secret: string, body: string): string => hmac(secret, body).digest('hex')

/** `t=<seconds>,v1=<hex>` over `t.body`, as a caller of our own hook signs. Source: integrations.md 3.6. */
export const timedSignature = (secret: string, body: string, seconds: number): string =>
  `t=${seconds},v1=${hexSignature(secret, `${seconds}.${body}`)}`

/** Over the sorted parameters of Shopify's call-back, without `hmac` itself. Source: integrations.md 3.1. */
export const callbackSignature = (secret: string, parameters: Readonly<Record<string, string>>): string =>
  hexSignature(
    secret,
    Object.keys(parameters)
      .filter((name) => name !== 'hmac')
      .sort()
      .map((name) => `${name}=${parameters[name]}`)
      .join('&'),
  )
