import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

type Purpose = 'jwt' | 'columns' | 'links' | 'database'

export interface Secrets {
  /** A key of 32 bytes for one purpose. */
  key(purpose: Purpose): Buffer
  /** AES-256-GCM. `where` (merchant and column) is authenticated, so a ciphertext moved to another row does not open. */
  seal(plain: string | Buffer, where: string): Buffer
  open(sealed: Buffer, where: string): Buffer
  /** The form in which a link's token is stored. */
  hashToken(token: string): Buffer
}

/** Splits the one secret by purpose (HKDF), and keeps what the previous one sealed readable during a rotation. */
export const secretsOf = (current: string, previous: string | null): Secrets => {
  const derive = (secret: string, purpose: Purpose) => Buffer.from(hkdfSync('sha256', secret, 'sendocki', purpose, 32))
  const columnKeys = [current, ...(previous ? [previous] : [])].map((secret) => {
    const key = derive(secret, 'columns')
    return { id: createHash('sha256').update(key).digest().subarray(0, 4), key }
  })
  const [newest] = columnKeys
  if (!newest) throw new Error('A secret key is needed.')
  const linkKey = derive(current, 'links')
  return {
    key: (purpose) => derive(current, purpose),
    seal: (plain, where) => Buffer.concat([newest.id, sealWith(newest.key, plain, where)]),
    open: (sealed, where) => {
      const id = sealed.subarray(0, 4)
      const found = columnKeys.find((candidate) => candidate.id.equals(id))
      if (!found) throw new Error('This value was sealed with another SECRET_KEY.')
      return openWith(found.key, sealed.subarray(4), where)
    },
    hashToken: (token) => createHmac('sha256', linkKey).update(token).digest(),
  }
}

/** Nonce (12), tag (16), ciphertext. */
export const sealWith = (key: Buffer, plain: string | Buffer, where: string): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(where))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

export const openWith = (key: Buffer, sealed: Buffer, where: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
    .setAAD(Buffer.from(where))
    .setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
}

/** 32 random bytes for a link that gives access. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** Compares without telling by its duration where the first difference is. */
export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
