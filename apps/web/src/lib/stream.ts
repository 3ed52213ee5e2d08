/** What changed: a noun and an id, null when there were too many to name; `*` means anything may have. */
export interface Change {
  readonly noun: string
  readonly id: string | null
}

export type StreamState = 'connected' | 'connecting'

interface SseMessage {
  readonly event: string
  readonly data: string
}

/** Cuts the text of a server-sent stream into messages as it arrives. */
export const createSseReader = (): ((text: string) => SseMessage[]) => {
  let rest = ''
  return (text) => {
    const blocks = (rest + text).replaceAll('\r\n', '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => {
      const lines = block.split('\n')
      const valueOf = (name: string): string[] =>
        lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''))
      const data = valueOf('data')
      return data.length === 0 ? [] : [{ event: valueOf('event').at(-1) ?? 'message', data: data.join('\n') }]
    })
  }
}

/** The changes in a message: `change` lists pairs of noun and id, `resync` says that some may have been missed. */
export const changesIn = ({ event, data }: SseMessage): Change[] => {
  if (event === 'resync') return [{ noun: '*', id: null }]
  if (event !== 'change') return []
  const pairs: unknown = JSON.parse(data)
  if (!Array.isArray(pairs)) return []
  return pairs.flatMap((pair: unknown) => {
    if (!Array.isArray(pair)) return []
    const [noun, id] = pair as unknown[]
    return typeof noun === 'string' ? [{ noun, id: typeof id === 'string' ? id : null }] : []
  })
}

/** Milliseconds before the next try: doubled each time up to half a minute, a quarter of it by chance. */
export const pauseBefore = (attempt: number, chance: number): number => {
  const full = Math.min(30_000, 1000 * 2 ** Math.max(0, attempt - 1))
  return Math.round(full * (0.75 + 0.25 * chance))
}

export interface StreamWorld {
  /** Opens `GET /api/v1/stream` with the session's token. Throws when it cannot. */
  readonly open: (signal: AbortSignal) => Promise<Response>
  /** What happened since the screens were read, then since it was last asked. Throws when it cannot be known. */
  readonly missed: (signal: AbortSignal) => Promise<readonly Change[]>
  readonly onChanges: (changes: readonly Change[]) => void
  readonly onState: (state: StreamState) => void
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  readonly chance: () => number
}

/**
 * Reads the stream until the signal ends, reconnecting after each cut. Once connected it catches up on what was missed
 * meanwhile; when that cannot be known, everything counts as changed.
 */
export const readStream = async (world: StreamWorld, signal: AbortSignal): Promise<void> => {
  let attempt = 0
  while (!signal.aborted) {
    try {
      world.onState('connecting')
      const response = await world.open(signal)
      if (!response.ok || !response.body) throw new Error(`stream answered ${response.status}`)
      world.onState('connected')
      const missed = await world.missed(signal).catch(() => [{ noun: '*', id: null }])
      if (missed.length > 0) world.onChanges(missed)
      attempt = 0
      await readBody(response.body, world.onChanges)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof Error)) throw error
    }
    attempt += 1
    await world.wait(pauseBefore(attempt, world.chance()), signal)
  }
}

const readBody = async (body: ReadableStream<Uint8Array>, onChanges: StreamWorld['onChanges']): Promise<void> => {
  const messagesIn = createSseReader()
  const decoder = new TextDecoder()
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const changes = messagesIn(decoder.decode(value, { stream: true })).flatMap(changesIn)
    if (changes.length > 0) onChanges(changes)
  }
}
