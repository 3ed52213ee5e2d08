import autocannon from 'autocannon'

export interface Load {
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly failures: number
}

export interface Target {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  /** One request after the other, in a ring; a function makes each anew. */
  readonly requests: readonly {
    readonly path: string
    readonly body?: string
    readonly headers?: Readonly<Record<string, string>>
  }[]
}

/** A closed loop of `connections` for some seconds. Anything but a 2xx counts as a failure. */
export const load = async (
  target: Target,
  { connections = 16, seconds = 5 }: { connections?: number; seconds?: number } = {},
): Promise<Load> => {
  const { requests, latency, non2xx, errors } = await autocannon({
    url: target.url,
    connections,
    duration: seconds,
    requests: target.requests.map(({ path, body, headers }) => ({
      method: target.method ?? 'GET',
      path,
      headers: { ...target.headers, ...headers },
      ...(body === undefined ? {} : { body }),
    })),
  })
  return {
    perSecond: requests.average,
    p50: latency.p50,
    p95: latency.p97_5,
    p99: latency.p99,
    failures: non2xx + errors,
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** The two in turn, A B A B, so that a machine whose speed drifts is felt by both; the medians' ratio. */
export const compare = async (
  ours: () => Promise<number>,
  bare: () => Promise<number>,
  rounds = 3,
): Promise<{ ours: number; bare: number; ratio: number }> => {
  const results = { ours: [] as number[], bare: [] as number[] }
  await ours()
  await bare()
  for (let round = 0; round < rounds; round += 1) {
    results.ours.push(await ours())
    results.bare.push(await bare())
  }
  const [a, b] = [median(results.ours), median(results.bare)]
  return { ours: a, bare: b, ratio: a / b }
}

/** Requests a second of a target, with every failure spoken out: a fast wrong answer is no answer. */
export const perSecondOf =
  (name: string, target: Target, options?: { connections?: number; seconds?: number }) => async (): Promise<number> => {
    const { perSecond, failures } = await load(target, options)
    if (failures > 0) throw new Error(`${name}: ${failures} requests failed`)
    return perSecond
  }

/** The p95 in milliseconds of one asker at a time. */
export const p95Of = async (ask: () => Promise<unknown>, times: number): Promise<number> =>
  (await p95sOf([ask], times))[0] ?? 0

/** Few enough that the pauses of a collector do not always fall on the same question. */
const block = 7

/**
 * The p95 of each of several questions, asked in turn, some of one and some of the next, so that a machine whose speed
 * drifts is felt by all of them, and none pays at each ask for the garbage of another.
 */
export const p95sOf = async (asks: readonly (() => Promise<unknown>)[], times: number): Promise<number[]> => {
  const durations = asks.map((): number[] => [])
  for (let round = 0; round < times / block; round += 1)
    for (const [index, ask] of asks.entries())
      for (let i = 0; i < block; i += 1) {
        const began = performance.now()
        await ask()
        durations[index]?.push(performance.now() - began)
      }
  return durations.map(p95)
}

const p95 = (durations: readonly number[]): number =>
  durations.toSorted((a, b) => a - b)[Math.floor(durations.length * 0.95)] ?? 0

/** The same for as long as something else goes on. */
export const p95While = async (ask: () => Promise<unknown>, other: Promise<unknown>): Promise<number> => {
  let over = false
  const ended = other.finally(() => {
    over = true
  })
  // A failure is told below, once the request under way is over.
  ended.catch(() => undefined)
  const durations: number[] = []
  while (!over) {
    const began = performance.now()
    await ask()
    durations.push(performance.now() - began)
  }
  await ended
  return p95(durations)
}
