import { createHmac, hash, timingSafeEqual } from 'node:crypto'

/** HMAC-SHA256 over exact bytes, printed as senders print it. */
export const hmacSha256 = (secret: string, body: Buffer | string, encoding: 'hex' | 'base64'): string =>
  createHmac('sha256', secret).update(body).digest(encoding)

/** Compares two texts without telling by its duration where the first difference is. */
export const sameText = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Whether one of the secrets makes this signature. All are tried, so that the time does not tell which. */
export const signedByOne = (given: string, secrets: readonly string[], sign: (secret: string) => string): boolean =>
  secrets.map((secret) => sameText(given, sign(secret))).includes(true)

/** Names a body by its bytes, where the sender gives it no name. */
export const digestOf = (body: Buffer): string => hash('sha256', body, 'hex')
