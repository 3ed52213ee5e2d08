import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { api, bodyOf, session } from './api.ts'
import { type Change, readStream, type StreamState } from './stream.ts'

type Heard =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  | { readonly kind: 'state'; readonly state: StreamState }
/** What the tabs of a browser tell each other: the one that joins asks how the stream stands. */
type Told = Heard | { readonly kind: 'joined' }

const changeListeners = new Set<(changes: readonly Change[]) => void>()
const stateListeners = new Set<() => void>()
let state: StreamState = 'connecting'

const hear = (heard: Heard): void => {
  if (heard.kind === 'changes') for (const listener of changeListeners) listener(heard.changes)
  else {
    state = heard.state
    for (const listener of stateListeners) listener()
  }
}

const openStream = async (signal: AbortSignal): Promise<Response> => {
  const open = () =>
    fetch('/api/v1/stream', {
      signal,
      headers: { authorization: `Bearer ${session.token() ?? ''}`, accept: 'text/event-stream' },
    })
  const response = await open()
  return response.status === 401 && (await session.refresh()) ? open() : response
}

/** Past the end of every feed: asked from there, it answers only where the end is. */
const beyond = '999999999999999'
/** More pages than this are not worth naming one by one. */
const mostPages = 5

/** Where the screens began, and whether the role may read what happened since. */
export interface Since {
  readonly sequence: number
  readonly readsFeed: boolean
}

const anything: readonly Change[] = [{ noun: '*', id: null }]

/** Reads the event feed from where this browser last heard it. */
const feedReader = (since: number) => {
  let heard = String(since)
  const read = (cursor: string, signal: AbortSignal) =>
    bodyOf(api.GET('/api/v1/events', { signal, params: { query: { cursor, limit: 200 } } }))

  return async (signal: AbortSignal): Promise<readonly Change[]> => {
    const changes: Change[] = []
    for (let page = 0; page < mostPages; page += 1) {
      const { items, nextCursor, lastSequence } = await read(heard, signal)
      for (const { subject, data } of items) {
        changes.push({ noun: subject.kind, id: subject.id })
        if (typeof data['orderId'] === 'string') changes.push({ noun: 'order', id: data['orderId'] })
      }
      heard = nextCursor ?? String(lastSequence)
      if (nextCursor === null) return changes
    }
    heard = String((await read(beyond, signal)).lastSequence)
    return anything
  }
}

/** For a role that does not read the feed: whether anything happened since it was last asked. */
const sequenceReader = (since: number) => {
  let heard = since
  return async (signal: AbortSignal): Promise<readonly Change[]> => {
    const { lastSequence } = await bodyOf(api.GET('/api/v1/me', { signal }))
    const moved = lastSequence > heard
    heard = lastSequence
    return moved ? anything : []
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    const now = (): void => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', now, { once: true })
    addEventListener('online', now, { once: true, signal })
  })

/**
 * One stream for all tabs of the browser: the tab that holds the lock reads it and tells the others; when it closes the
 * next one takes over. What happened between the reading of the first screen and the opening of the stream is caught up.
 * Runs until the returned function is called.
 */
export const listenToChanges = ({ sequence, readsFeed }: Since): (() => void) => {
  const stop = new AbortController()
  const channel = new BroadcastChannel('sendocki.stream')
  let leads = false
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.kind !== 'joined') hear(data)
    else if (leads) channel.postMessage({ kind: 'state', state } satisfies Told)
  }
  const tell = (heard: Heard): void => {
    hear(heard)
    if (!stop.signal.aborted) channel.postMessage(heard)
  }
  const lead = () => {
    leads = true
    return readStream(
      {
        open: openStream,
        missed: readsFeed ? feedReader(sequence) : sequenceReader(sequence),
        onChanges: (changes) => tell({ kind: 'changes', changes }),
        onState: (next) => tell({ kind: 'state', state: next }),
        wait: pause,
        chance: Math.random,
      },
      stop.signal,
    )
  }
  channel.postMessage({ kind: 'joined' } satisfies Told)
  // The request for the lock is rejected when this tab stops while it waits for its turn.
  navigator.locks.request('sendocki.stream', { signal: stop.signal }, lead).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error
  })
  return () => {
    stop.abort()
    channel.close()
  }
}

export const useStreamState = (): StreamState =>
  useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    () => state,
  )

/** Calls back with the changes of one noun; `*` comes to all. For screens that do more than read again. */
export const useChanges = (noun: string, onChanges: (changes: readonly Change[]) => void): void => {
  const newest = useRef(onChanges)
  useEffect(() => {
    newest.current = onChanges
  })
  useEffect(() => {
    const listener = (changes: readonly Change[]): void => {
      const own = changes.filter((change) => change.noun === noun || change.noun === '*')
      if (own.length > 0) newest.current(own)
    }
    changeListeners.add(listener)
    return () => {
      changeListeners.delete(listener)
    }
  }, [noun])
}

/** Marks what is kept of a changed noun as stale, at most four times a second: what is on screen is read again. */
export const useFreshQueries = (): void => {
  const queries = useQueryClient()
  useEffect(() => {
    const nouns = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = (): void => {
      timer = undefined
      const changed = [...nouns]
      nouns.clear()
      if (changed.includes('*')) void queries.invalidateQueries()
      else for (const noun of changed) void queries.invalidateQueries({ queryKey: [noun] })
    }
    const listener = (changes: readonly Change[]): void => {
      for (const { noun } of changes) nouns.add(noun)
      timer ??= setTimeout(flush, 250)
    }
    changeListeners.add(listener)
    return () => {
      changeListeners.delete(listener)
      clearTimeout(timer)
    }
  }, [queries])
}
