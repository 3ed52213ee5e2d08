import { createHmac } from 'node:crypto'
import { secretsOf } from '@sendocki/api/secrets'
import type pg from 'pg'

interface Seat {
  readonly userId: string
  readonly sessionId: string
}

/** An access token of a session that stands in the database, as a sign-in would give it. */
export const accessToken = (secret: string, { userId, sessionId }: Seat): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: userId, sid: sessionId, iat: now, exp: now + 7_200 })}`
  return `${text}.${createHmac('sha256', secretsOf(secret, null).key('jwt')).update(text).digest('base64url')}`
}

export interface Agent {
  readonly memberId: string
  readonly token: string
}

/** More people than a plan allows and than could be invited in a test: managers of a merchant, each signed in. */
export const seatAgents = async (
  client: pg.Client,
  { merchantId, secret, count }: { readonly merchantId: string; readonly secret: string; readonly count: number },
): Promise<Agent[]> => {
  const { rows } = await client.query<Seat & { memberId: string }>(
    `with seats as (
       select gen_random_uuid() as "userId", gen_random_uuid() as "memberId", gen_random_uuid() as "sessionId"
       from generate_series(1, $2::int)
     ), people as (
       insert into users (id, email, full_name, password_hash, language, created_at)
       select "userId", 'agent-' || "userId" || '@agents.example', 'Agent', 'none', 'fr', now() from seats
     ), team as (
       insert into members (merchant_id, id, user_id, role_id, full_name, email, joined_at)
       select $1, "memberId", "userId", roles.id, 'Agent', 'agent-' || "userId" || '@agents.example', now()
       from seats, roles where roles.merchant_id = $1 and roles.key = 'manager'
     ), signed_in as (
       insert into sessions (id, user_id, merchant_id, remembered, user_agent, address, created_at, entered_at, last_seen_at, expires_at)
       select "sessionId", "userId", $1, true, 'test', '127.0.0.1', now(), now(), now(), '2099-01-01' from seats
     )
     select * from seats`,
    [merchantId, count],
  )
  return rows.map((seat) => ({ memberId: seat.memberId, token: accessToken(secret, seat) }))
}
