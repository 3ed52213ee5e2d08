import { Worker } from 'node:worker_threads'

type Cell = string | number

interface SheetTurn {
  /** Rows that somebody adds at the end, then single cells that they change: row and column count from 1. */
  readonly rows?: readonly (readonly Cell[])[]
  readonly cells?: readonly (readonly [row: number, column: number, value: Cell])[]
}

export interface PlayedSheet {
  /** Somebody works in the sheet, then the script's function runs; the cells afterwards. Rejects when the script fails. */
  run(call: string, turn?: SheetTurn): Promise<readonly (readonly Cell[])[]>
  readonly triggers: readonly string[]
  /** Addresses that nobody answers at, while it is true. */
  offline: boolean
  close(): Promise<void>
}

interface Asked {
  readonly url: string
  readonly request: {
    readonly contentType: string
    readonly payload: string
    readonly headers: Readonly<Record<string, string>>
  }
}
type Told = ({ kind: 'fetch' } & Asked) | { kind: 'done'; cells: Cell[][]; triggers: string[]; failure: string | null }

/** A sheet that runs a script's very text. */
export const playSheet = (script: string): PlayedSheet => {
  const [signal, answer] = [new Int32Array(new SharedArrayBuffer(4)), new Int32Array(new SharedArrayBuffer(4))]
  const worker = new Worker(new URL('./apps-script.worker.ts', import.meta.url), {
    workerData: { script, signal, answer },
  })
  const sheet = { offline: false, triggers: [] as string[] }
  const deliver = async ({ url, request }: Asked): Promise<void> => {
    const { contentType, payload, headers } = request
    const status = sheet.offline
      ? 0
      : await fetch(url, { method: 'POST', body: payload, headers: { 'content-type': contentType, ...headers } }).then(
          (got) => got.status,
          () => 0,
        )
    Atomics.store(answer, 0, status)
    Atomics.store(signal, 0, 1)
    Atomics.notify(signal, 0)
  }
  return Object.assign(sheet, {
    run: (call: string, turn: SheetTurn = {}) =>
      new Promise<Cell[][]>((done, fail) => {
        const hear = (told: Told) => {
          if (told.kind === 'fetch') return void deliver(told)
          worker.off('message', hear)
          worker.off('error', fail)
          sheet.triggers.splice(0, sheet.triggers.length, ...told.triggers)
          return told.failure === null ? done(told.cells) : fail(new Error(told.failure))
        }
        worker.on('message', hear)
        worker.once('error', fail)
        worker.postMessage({ call, ...turn })
      }),
    close: async () => void (await worker.terminate()),
  })
}
