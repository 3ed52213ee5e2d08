import { eventually } from './stack.ts'

/** An open stream of server-sent events, as a browser tab holds one. */
export interface Screen {
  readonly status: number
  /** Waits until this text has come since the stream was opened. */
  hear(text: string, secondsMax?: number): Promise<unknown>
  /** How often this text has come since the stream was opened. */
  count(text: string): number
  /** Waits until the other side has ended the stream. */
  gone(): Promise<unknown>
  close(): void
}

export const openScreen = async (url: string, token: string): Promise<Screen> => {
  const leaving = new AbortController()
  const response = await fetch(`${url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: leaving.signal,
  })
  let heard = ''
  const listen = async () => {
    for await (const chunk of response.body ?? []) heard += Buffer.from(chunk).toString()
  }
  const gone = listen().catch(() => undefined)
  return {
    status: response.status,
    hear: (text, secondsMax = 30) =>
      eventually(
        async () => heard.includes(text),
        (found) => found,
        `"${text}" on the stream`,
        secondsMax,
      ),
    count: (text) => heard.split(text).length - 1,
    gone: () => gone,
    close: () => leaving.abort(),
  }
}
