/** What the API answers when somebody is signed in: sign-in, verification, refresh, switch, demo, accepted invitation. */
export interface Granted {
  readonly accessToken: string
  readonly expiresInSeconds: number
}

/** `unknown` until the refresh cookie has been tried once. */
type SessionState = 'unknown' | 'in' | 'out'

export interface Session {
  readonly state: () => SessionState
  readonly token: () => string | null
  /** Keeps the token in memory and tells the other tabs. */
  readonly begin: (granted: Granted) => void
  /** A new token by the refresh cookie: one request at a time, over all tabs. False: nobody is signed in any more. */
  readonly refresh: () => Promise<boolean>
  /** Forgets the token here and in the other tabs. Signing out at the API is the caller's. */
  readonly end: () => void
  readonly subscribe: (listener: () => void) => () => void
}

type Message = { readonly kind: 'token'; readonly token: string } | { readonly kind: 'out' }

export interface SessionWorld {
  /** `POST /auth/refresh`; null when the API answers that the session has ended. Throws when it cannot be reached. */
  readonly renew: () => Promise<Granted | null>
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>
  /** Runs one at a time over all tabs of the browser. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>
}

/**
 * The access token lives in memory only, never in storage. Tabs renew under one lock, because the refresh token rotates
 * and its reuse ends the session; a tab that waited for the lock takes the token that another has fetched meanwhile.
 */
export const createSession = ({ renew, channel, exclusively }: SessionWorld): Session => {
  const listeners = new Set<() => void>()
  let state: SessionState = 'unknown'
  let token: string | null = null
  let renewing: Promise<boolean> | null = null

  const set = (next: string | null): void => {
    token = next
    state = next === null ? 'out' : 'in'
    for (const listener of listeners) listener()
  }
  const tell = (message: Message): void => channel.postMessage(message)
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) =>
    set(data.kind === 'token' ? data.token : null),
  )

  const renewUnlessDone = async (stale: string | null): Promise<boolean> => {
    if (token !== null && token !== stale) return true
    const granted = await renew()
    set(granted?.accessToken ?? null)
    tell(granted ? { kind: 'token', token: granted.accessToken } : { kind: 'out' })
    return granted !== null
  }

  return {
    state: () => state,
    token: () => token,
    begin: ({ accessToken }) => {
      set(accessToken)
      tell({ kind: 'token', token: accessToken })
    },
    refresh: () => {
      const stale = token
      renewing ??= exclusively(() => renewUnlessDone(stale)).finally(() => {
        renewing = null
      })
      return renewing
    },
    end: () => {
      set(null)
      tell({ kind: 'out' })
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
