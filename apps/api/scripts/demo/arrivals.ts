import { carrierKeys } from './connections.ts'
import type { Demo } from './demo.ts'

const everySeconds = 120

/** From now on the sandbox plays the demo's outside: buyers of the landing page, and the carrier's panel that tells of parcels. */
export const keepArriving = async (sandboxUrl: string, demo: Demo, appUrl: string): Promise<void> => {
  const page = demo.shops.at(-1)
  if (!page) return
  const { webhookUrl, webhookSecret } = page
  await control(sandboxUrl, '/control/stream', { platform: 'generic', everySeconds, webhookUrl, webhookSecret })
  await control(sandboxUrl, '/control/sendit/webhook', {
    ...{ account: carrierKeys.publicKey, secretKey: carrierKeys.secretKey },
    url: `${appUrl}/hooks/sendit/${demo.carrierAccountId}`,
  })
}

const control = async (sandboxUrl: string, path: string, body: object): Promise<void> => {
  const answer = await fetch(`${sandboxUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`)
}
