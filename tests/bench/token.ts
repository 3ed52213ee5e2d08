import { createHmac } from 'node:crypto'
import { secretsOf } from '@sendocki/api/secrets'
import type { Founded } from '../support/founding.ts'
import { benchSecret } from './data.ts'

/** An access token of the merchant's owner, as a sign-in would give it. */
export const tokenFor = ({ people: { owner } }: Founded): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: owner.userId, sid: owner.sessionId, iat: now, exp: now + 7_200 })}`
  return `${text}.${createHmac('sha256', secretsOf(benchSecret, null).key('jwt')).update(text).digest('base64url')}`
}
