import { type SandboxOptions, startSandbox } from '@sendocki/sandbox/sandbox'
import { afterAll } from 'vitest'

/** The sandbox of one test file: what happens outside, on demand. */
export interface OutsideWorld {
  readonly url: string
  /** `POST /control/…`; throws what the sandbox refuses. */
  control(path: string, body?: object): Promise<any>
  /** Takes every fault away. */
  mend(): Promise<void>
  state(): Promise<any>
}

export const startOutside = async (options: SandboxOptions = {}): Promise<OutsideWorld> => {
  const sandbox = await startSandbox(options)
  afterAll(() => sandbox.close())
  const call = async (method: string, path: string, body?: object): Promise<any> => {
    const answer = await fetch(`${sandbox.url}/control/${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  return {
    url: sandbox.url,
    control: (path, body = {}) => call('POST', path, body),
    mend: async () => void (await call('DELETE', 'faults')),
    state: () => call('GET', 'state'),
  }
}
