import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { PaperOrder, PaperPress, PaperUnderWay } from './port.ts'
import type { PressAnswer, PressOrder } from './press.child.ts'

const press = join(import.meta.dirname, 'press.child.ts')
const heapMegabytes = 160
/** For one batch of pages; a drawing that takes longer never ends. */
const seconds = 60

/** One question and its answer; the press that ends instead of answering has failed. */
const ask = (child: ChildProcess, order: PressOrder): Promise<PressAnswer> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      child.off('message', answered).off('close', ended).off('error', ended)
      act()
    }
    const answered = (answer: unknown): void => settle(() => resolve(answer as PressAnswer))
    const ended = (): void => settle(() => reject(new Error('The press ended before its work.')))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
    }, seconds * 1_000)
    child.once('message', answered).once('close', ended).once('error', ended)
    if (!child.connected) return ended()
    child.send(order, (error) => {
      if (error) ended()
    })
  })

const begin = (order: PaperOrder): PaperUnderWay => {
  const child = fork(press, {
    env: {},
    execArgv: [`--max-old-space-size=${heapMegabytes}`],
    stdio: 'ignore',
  })
  // A process that cannot start says so to whoever asks it first.
  child.on('error', () => undefined)
  const begun = ask(child, { step: 'begin', order })
  begun.catch(() => undefined)
  return {
    draw: async (contents) => {
      await begun
      await ask(child, { step: 'draw', contents })
    },
    finish: async () => {
      await begun
      const answer = await ask(child, { step: 'finish' })
      return { pages: answer.step === 'finished' ? answer.pages : 0 }
    },
    abandon: () => {
      child.kill('SIGKILL')
    },
  }
}

export const paperPress: PaperPress = { begin }
