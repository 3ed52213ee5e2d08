/** Work for later that ends with the sandbox: nothing fires after `clear`. */
export interface Timers {
  after(milliseconds: number, work: () => void): void
  clear(): void
}

export const createTimers = (): Timers => {
  const waiting = new Set<NodeJS.Timeout>()
  return {
    after: (milliseconds, work) => {
      const timer = setTimeout(() => {
        waiting.delete(timer)
        work()
      }, milliseconds)
      waiting.add(timer)
    },
    clear: () => {
      for (const timer of waiting) clearTimeout(timer)
      waiting.clear()
    },
  }
}
