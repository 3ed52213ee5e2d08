import { expect, test } from 'vitest'
import { createSession, type Granted, type Session } from './session.ts'

interface Browser {
  readonly openTab: () => Session
  readonly renewals: () => number
}

/** Tabs that share a lock, a channel and the cookie; each renewal answers the next token. */
const browser = (answers: (Granted | null)[]): Browser => {
  const tabs: ((data: unknown) => void)[] = []
  let last: Promise<unknown> = Promise.resolve()
  let renewals = 0
  return {
    renewals: () => renewals,
    openTab: () => {
      let own: ((data: unknown) => void) | undefined
      return createSession({
        renew: async () => {
          renewals += 1
          await Promise.resolve()
          return answers.shift() ?? null
        },
        channel: {
          postMessage: (data: unknown) => {
            for (const tab of tabs) if (tab !== own) tab(data)
          },
          addEventListener: ((_: string, listen: (event: MessageEvent) => void) => {
            own = (data) => listen({ data } as MessageEvent)
            tabs.push(own)
          }) as BroadcastChannel['addEventListener'],
        },
        exclusively: <T>(work: () => Promise<T>): Promise<T> => {
          const turn = last.then(work)
          last = turn.catch(() => undefined)
          return turn
        },
      })
    },
  }
}

const granted = (accessToken: string): Granted => ({ accessToken, expiresInSeconds: 900 })

test('many requests refused at once renew the token once', async () => {
  const { openTab, renewals } = browser([granted('one'), granted('two')])
  const tab = openTab()
  expect(await Promise.all([tab.refresh(), tab.refresh(), tab.refresh()])).toEqual([true, true, true])
  expect(renewals()).toBe(1)
  expect(tab.token()).toBe('one')
})

test('two tabs never use the rotating cookie twice: the second takes what the first fetched', async () => {
  const { openTab, renewals } = browser([granted('one'), granted('two')])
  const [first, second] = [openTab(), openTab()]
  await Promise.all([first.refresh(), second.refresh()])
  expect(renewals()).toBe(1)
  expect([first.token(), second.token()]).toEqual(['one', 'one'])
})

test('a stale token is renewed even though there is one', async () => {
  const { openTab } = browser([granted('new')])
  const tab = openTab()
  tab.begin(granted('old'))
  expect(await tab.refresh()).toBe(true)
  expect(tab.token()).toBe('new')
})

test('signing out in one tab signs out the others', async () => {
  const { openTab } = browser([granted('one')])
  const [first, second] = [openTab(), openTab()]
  await first.refresh()
  first.end()
  expect(second.state()).toBe('out')
  expect(second.token()).toBeNull()
})

test('an ended session answers false and leaves no token', async () => {
  const tab = browser([]).openTab()
  expect(await tab.refresh()).toBe(false)
  expect(tab.state()).toBe('out')
})

test('an unreachable API neither signs out nor blocks the next try', async () => {
  let reachable = false
  const tab = createSession({
    renew: async () => {
      if (!reachable) throw new Error('offline')
      return granted('later')
    },
    channel: { postMessage: () => undefined, addEventListener: () => undefined },
    exclusively: (work) => work(),
  })
  await expect(tab.refresh()).rejects.toThrow('offline')
  expect(tab.state()).toBe('unknown')
  reachable = true
  expect(await tab.refresh()).toBe(true)
})
