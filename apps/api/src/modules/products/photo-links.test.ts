import { expect, it } from 'vitest'
import { secretsOf } from '../../secrets.ts'
import { photoNamed, photoUrl } from './photo-links.ts'

const secrets = secretsOf('a secret of the tests', null)
const photo = {
  merchantId: '0198f000-0000-7000-8000-000000000001',
  productId: '0198f000-0000-7000-8000-000000000002',
  photoId: '0198f000-0000-7000-8000-000000000003',
}
const at = (iso: string) => new Date(`2026-11-27T${iso}Z`)
const url = photoUrl(secrets, photo, at('08:00:00'))
const token = url.replace('/api/v1/photos/', '')

it('names its photo, and is the same for half a day', () => {
  expect(photoNamed(secrets, token, at('08:00:00'))).toEqual(photo)
  expect(photoUrl(secrets, photo, at('11:59:59'))).toBe(url)
  expect(photoUrl(secrets, photo, at('12:00:00'))).not.toBe(url)
})

it('lives for half a day at least, and for a day at most', () => {
  expect(photoNamed(secrets, token, at('23:59:59'))).toEqual(photo)
  expect(photoNamed(secrets, token, new Date('2026-11-28T00:00:00Z'))).toBeNull()
})

it('cannot be made up: every changed byte, another length and another key name nothing', () => {
  const bytes = Buffer.from(token, 'base64url')
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(bytes.readUInt8(index) ^ 1, index)
    expect(photoNamed(secrets, changed.toString('base64url'), at('08:00:00'))).toBeNull()
  }
  for (const other of ['', token.slice(0, 40), `${token}AAAA`])
    expect(photoNamed(secrets, other, at('08:00:00'))).toBeNull()
  expect(photoNamed(secretsOf('another secret', null), token, at('08:00:00'))).toBeNull()
})
