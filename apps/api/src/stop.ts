import type { Log } from './log.ts'

const secondsMax = 20

/** What was started and how to end it, the newest first. Each is ended once. */
export type Ends = (() => Promise<unknown>)[]

export const endAll = async (ends: Ends): Promise<void> => {
  for (let end = ends.pop(); end; end = ends.pop()) await end()
}

/**
 * SIGTERM and SIGINT, heard from the first moment: a start under way is brought to its end, then nothing new is
 * accepted, what is under way finishes, and the process leaves within 20 s. A lost parent counts as a signal.
 */
export const stopOnSignal = (log: Log, starting: Promise<void>, ends: Ends): void => {
  let stopping = false
  const leave = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), secondsMax * 1000).unref()
    starting
      .then(() => endAll(ends))
      .then(
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
  if (process.connected === false) leave('disconnect')
}
