import { createHmac } from 'node:crypto'
import type { MerchantId } from '@sendocki/domain/ids'
import type { Secrets } from '../../secrets.ts'
import { sameBytes } from '../../secrets.ts'

/*
 * A photo has an address that a browser fetches by itself, without a token: whoever may see the product is given it, and
 * nobody can make one up. It stays the same for half a day, so that a photo is fetched once, and dies a day later at most.
 */

const halfDay = 43_200_000
const idBytes = 16
const macBytes = 16

export interface LinkedPhoto {
  readonly merchantId: string
  readonly productId: string
  readonly photoId: string
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const macOf = (secrets: Pick<Secrets, 'key'>, said: Buffer): Buffer =>
  createHmac('sha256', secrets.key('links')).update('photo').update(said).digest().subarray(0, macBytes)

export const photoUrl = (
  secrets: Pick<Secrets, 'key'>,
  { merchantId, productId, photoId }: LinkedPhoto,
  now: Date,
): string => {
  const until = Buffer.alloc(4)
  until.writeUInt32BE(Math.floor(now.getTime() / halfDay) + 2)
  const said = Buffer.concat([bytesOf(merchantId), bytesOf(productId), bytesOf(photoId), until])
  return `/api/v1/photos/${Buffer.concat([said, macOf(secrets, said)]).toString('base64url')}`
}

/** Which photo an address names; null when we never gave it out, or its time is over. */
export const photoNamed = (
  secrets: Pick<Secrets, 'key'>,
  token: string,
  now: Date,
): (Omit<LinkedPhoto, 'merchantId'> & { readonly merchantId: MerchantId }) | null => {
  const bytes = Buffer.from(token, 'base64url')
  const said = bytes.subarray(0, 3 * idBytes + 4)
  if (bytes.length !== said.length + macBytes) return null
  if (!sameBytes(bytes.subarray(said.length), macOf(secrets, said))) return null
  if (said.readUInt32BE(3 * idBytes) * halfDay <= now.getTime()) return null
  const [merchantId, productId, photoId] = [0, 1, 2].map((index) =>
    idOf(said.subarray(index * idBytes, (index + 1) * idBytes)),
  ) as [string, string, string]
  return { merchantId: merchantId as MerchantId, productId, photoId }
}
