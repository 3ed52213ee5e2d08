import { eq } from 'drizzle-orm'
import { publicContext, systemActor, type World } from '../../src/context.ts'
import { merchants } from '../../src/db/schema/platform.ts'
import { readAccounts } from '../../src/modules/carriers/carriers.commands.ts'
import { openCredentials } from '../../src/modules/stores/credentials.ts'
import { readStores } from '../../src/modules/stores/stores.commands.ts'
import { findStore } from '../../src/modules/stores/stores.queries.ts'
import { carrierKeys } from './connections.ts'
import { demoOrigin } from './past.ts'

const everySeconds = 120

/**
 * From now on the sandbox plays the demo's outside: buyers of the landing page, and the carrier's panel that tells of
 * parcels. Said at each start, because the sandbox may have forgotten or our address may be another one.
 */
export const keepArriving = async (world: World, sandboxUrl: string): Promise<void> => {
  const base = publicContext(world, demoOrigin)
  const [merchant] = await base.platform((tx) =>
    tx.db.select({ id: merchants.id }).from(merchants).where(eq(merchants.isDemo, true)).limit(1),
  )
  if (!merchant) return
  const ctx = base.inMerchant(merchant.id, systemActor())
  for (const { carrier, webhookUrl } of (await readAccounts(ctx, {})).items)
    if (carrier === 'sendit')
      await control(sandboxUrl, 'POST', 'sendit/webhook', {
        ...{ account: carrierKeys.publicKey, secretKey: carrierKeys.secretKey },
        url: webhookUrl,
      })
  const page = (await readStores(ctx, {})).items.find(({ platform }) => platform === 'generic')
  const row = page && (await ctx.read((tx) => findStore(tx, page.id)))
  if (!row || !page.webhookUrl) return
  const { webhookUrl } = page
  const { webhookSecret } = openCredentials(ctx, row)
  const { streams } = (await control(sandboxUrl, 'GET', 'state?limit=1')) as { streams: readonly Stream[] }
  const own = streams.filter((stream) => stream.webhookUrl?.endsWith(new URL(webhookUrl).pathname))
  if (own.some((stream) => stream.webhookUrl === webhookUrl && stream.webhookSecret === webhookSecret)) return
  for (const { id } of own) await control(sandboxUrl, 'DELETE', `stream/${id}`)
  await control(sandboxUrl, 'POST', 'stream', { platform: 'generic', everySeconds, webhookUrl, webhookSecret })
}

interface Stream {
  readonly id: number
  readonly webhookUrl: string | null
  readonly webhookSecret: string
}

const control = async (sandboxUrl: string, method: string, path: string, body?: object): Promise<unknown> => {
  const answer = await fetch(`${sandboxUrl}/control/${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`)
  return answer.json()
}
