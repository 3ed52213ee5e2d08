import { BadSetting, type Config, readConfig } from './config.ts'
import { createLog, type Log } from './log.ts'

const secondsMax = 20

/** What was started and how to end it, the newest first. Each is ended once. */
export type Ends = (() => Promise<unknown>)[]

const endAll = async (ends: Ends): Promise<void> => {
  for (let end = ends.pop(); end; end = ends.pop()) await end()
}

/** A process from its settings to its end: a start that fails leaves nothing behind, and says why in one sentence. */
export const runProcess = async (start: (config: Config, log: Log, ends: Ends) => Promise<void>): Promise<void> => {
  const ends: Ends = []
  try {
    const config = readConfig()
    const log = createLog(config.logLevel)
    const starting = start(config, log, ends)
    stopOnSignal(log, starting, ends)
    await starting
  } catch (error) {
    await endAll(ends)
    console.error(error instanceof BadSetting ? error.message : error)
    process.exit(1)
  }
}

/**
 * SIGTERM and SIGINT, heard from the first moment: a start under way is brought to its end, then nothing new is
 * accepted, what is under way finishes, and the process leaves within 20 s. A lost parent counts as a signal.
 */
const stopOnSignal = (log: Log, starting: Promise<void>, ends: Ends): void => {
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
