import { bodyOf, type Client, createClient } from '@sendocki/client/client'
import { ApiProblem } from '@sendocki/client/problem'
import { createSession, type Granted } from './session.ts'

/** The one session of this tab, and the client that speaks in its name. */
export const session = createSession({
  renew: async () => {
    try {
      return await bodyOf<Granted>(anonymous.POST('/api/v1/auth/refresh', { body: {} }))
    } catch (error) {
      if (error instanceof ApiProblem && (error.status === 401 || error.status === 403)) return null
      throw error
    }
  },
  channel: new BroadcastChannel('sendocki.session'),
  exclusively: async (work) => await navigator.locks.request('sendocki.session', work),
})

export const api: Client = createClient({
  baseUrl: location.origin,
  getToken: session.token,
  onUnauthorised: session.refresh,
})

const anonymous = createClient({
  baseUrl: location.origin,
  getToken: () => null,
  onUnauthorised: async () => false,
})

export type { Granted }
export { ApiProblem, bodyOf }
