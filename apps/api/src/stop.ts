import type { Log } from './log.ts'

const secondsMax = 20

/** SIGTERM and SIGINT: accept nothing new, finish what is under way, leave within 20 s. A lost parent counts as one. */
export const stopOnSignal = (log: Log, stop: () => Promise<void>): void => {
  let stopping = false
  const leave = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), secondsMax * 1000).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopped with a failure')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => leave('SIGTERM'))
  process.on('SIGINT', () => leave('SIGINT'))
  process.on('disconnect', () => leave('disconnect'))
}
