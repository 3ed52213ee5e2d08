import type { Page } from 'playwright-core'
import { type Hold, watchHolds } from './holds.ts'
import { eventually } from './stack.ts'

/** The order that is talked about on a call screen. */
interface Desk {
  readonly number: number
  readonly name: string
}

/** Somebody on the call screen, whose hands never leave the keyboard. */
export interface CallSeat {
  readonly page: Page
  readonly name: string
  /** Whom the screen shows; null while nobody is on the line. */
  desk(): Promise<Desk | null>
  /** Asks for the next call by its key, and says whom the screen shows then. */
  ask(): Promise<Desk | null>
  letGo(): Promise<void>
  /** Presses the keys that end the call, and waits for whoever comes next; null once nobody does. */
  end(...keys: string[]): Promise<Desk | null>
  holds(): Promise<Hold[]>
}

export const callSeat = (page: Page, name: string): CallSeat => {
  const holds = watchHolds(page)
  const desk = (): Promise<Desk | null> =>
    page.evaluate(() => {
      const call = document.querySelector('main article[aria-label^="#"]')
      return call && { number: Number(call.ariaLabel?.slice(1)), name: call.querySelector('h2')?.textContent ?? '' }
    })
  const shows = (wanted: (now: Desk | null) => boolean, what: string) => eventually(desk, wanted, what)
  return {
    page,
    name,
    desk,
    ask: async () => {
      const answered = page.waitForResponse((response) => response.url().endsWith('/calls/claim'))
      await page.keyboard.press('Enter')
      const given = (await answered).status() === 200
      return shows((now) => (now !== null) === given, 'the answer on the screen')
    },
    letGo: async () => {
      await page.keyboard.press('l')
      await shows((now) => now === null, 'an empty desk')
    },
    end: async (...keys) => {
      const before = await desk()
      for (const key of keys) await page.keyboard.press(key)
      return shows((now) => now?.number !== before?.number, 'the next call')
    },
    holds: () => holds.all(),
  }
}
