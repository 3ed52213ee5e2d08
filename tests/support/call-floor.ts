import type { Page } from 'playwright-core'
import { eventually } from './stack.ts'

export const figures = ['attempts', 'reached', 'confirmed'] as const
export type Figures = Record<(typeof figures)[number], number>

/** The floor of whoever leads: what it says of one agent without being loaded again. */
export interface Floor {
  readonly page: Page
  holds(customer: string): Promise<void>
  counts(wanted: Figures): Promise<unknown>
}

/** Opens the floor once; a mark on its body is gone when it was loaded anew. */
export const openFloor = async (page: Page, url: string, name: string): Promise<Floor> => {
  await page.goto(`${url}/calls/floor`)
  await page.evaluate(() => document.body.setAttribute('data-opened', 'once'))
  const row = page.getByRole('row').filter({ hasText: name })
  return {
    page,
    holds: (customer) => row.getByText(customer).waitFor(),
    counts: ({ attempts, reached, confirmed }) => {
      const wanted = [attempts, Math.round((1000 * reached) / attempts), confirmed].join(' ')
      return eventually(
        async () => (await row.getByRole('cell').allInnerTexts()).map((text) => Number(text.replace(/\D/g, ''))),
        ([, ...cells]) => cells.slice(0, 3).join(' ') === wanted,
        `the calls, per mille of answers and confirmations ${wanted} on the floor`,
      )
    },
  }
}
