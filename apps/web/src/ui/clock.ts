import { useSyncExternalStore } from 'react'

let now = new Date()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

const tick = (): void => {
  now = new Date()
  for (const listener of listeners) listener()
}

/** One clock for all ages and relative times on the page, moving every half minute while somebody looks at it. */
const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) {
    now = new Date()
    timer = setInterval(tick, 30_000)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

export const useNow = (): Date => useSyncExternalStore(subscribe, () => now)
