import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { wordsOf } from './words.ts'

const count = 120
let stack: Stack
let browser: Browser

beforeAll(async () => {
  stack = await startStack()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

const withOrders = async (): Promise<Shopkeeper> => {
  const keeper = await signUp(stack.url, stack.sandboxUrl)
  for (let index = 0; index < count; index += 1) {
    const { status } = await keeper.post('/orders', {
      customer: {
        name: index % 2 ? `Salma Bennani ${index}` : `سعاد أيت الحاج ${index}`,
        phone: `06615${String(10_000 + index)}`,
      },
      shippingAddress: { line: `${index} rue des Roses`, city: index % 3 ? 'Rabat' : 'Casablanca' },
      lines: [{ name: 'Caftan brodé', quantity: 1, unitPriceCentimes: 24_900 + index * 100 }],
    })
    expect(status).toBe(201)
  }
  return keeper
}

/** A message with its number, as the page prints it: in Arabic what is put into a sentence is isolated. */
const filled = (text: string, n: number, language: 'fr' | 'ar'): string =>
  text.replace('{{n, number}}', language === 'ar' ? `\u2068${n}\u2069` : String(n))

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const { orders: words, common } = wordsOf(language)
  const { views } = common
  const stateCount = async (keeper: Shopkeeper, state: string): Promise<number> =>
    (await keeper.get(`/orders/count?state=${state}&exact=true`)).body.count

  it('moves 120 orders by a filter and takes it back, keeps a view, exports it', { timeout: 300_000 }, async () => {
    const keeper = await withOrders()
    const page = await signedIn(browser, stack, keeper, { language, viewport: { width: 1440, height: 900 } })
    const watched = watchPage(page)
    await page.goto(`${stack.url}/orders/table`)
    const grid = page.getByRole('grid', { name: words.title })
    await grid.waitFor()

    // Ticked from the keyboard, then all that match.
    await page.keyboard.press('x')
    const bar = page.getByRole('toolbar', { name: words.bulk.label })
    await bar.getByRole('button', { name: words.bulk.selectAll }).click()
    await shoot(page, `bulk-bar-${language}`)
    await page.keyboard.press('m')
    // The digits are the menu's own once it has the focus.
    await page.waitForFunction(() => document.activeElement?.closest('[role="menu"]') != null)
    await page.keyboard.press('Digit2')
    const dialog = page.getByRole('dialog')
    const go = dialog.getByRole('button', { name: filled(words.bulk.do.move, count, language) })
    await go.waitFor()
    await shoot(page, `bulk-preview-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await go.click()
    await eventually(
      () => stateCount(keeper, 'unreachable'),
      (found) => found === count,
      'the orders to be moved',
    )
    const takeBack = dialog.getByRole('button', { name: words.bulk.undo })
    await takeBack.waitFor()
    await shoot(page, `bulk-done-${language}`)
    await takeBack.click()
    await eventually(
      () => stateCount(keeper, 'new'),
      (found) => found === count,
      'the orders to be back',
    )

    // Two cards of the board ticked and moved together, and put back by one key.
    await page.keyboard.press('Escape')
    await page.goto(`${stack.url}/orders/board`)
    await page.locator('[data-order]').first().focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.locator('[data-order][aria-pressed="true"]').nth(1).waitFor()
    await shoot(page, `cards-ticked-${language}`)
    await page.keyboard.press('m')
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Digit2')
    await eventually(
      () => stateCount(keeper, 'unreachable'),
      (found) => found === 2,
      'both cards to be moved',
    )
    await page.getByText(filled(words.bulk.ended, 2, language)).waitFor()
    await page.keyboard.press('Control+z')
    await eventually(
      () => stateCount(keeper, 'new'),
      (found) => found === count,
      'both cards to be back',
    )

    // A sentence with two terms, kept as a view with its own tab.
    await page.goto(
      `${stack.url}/orders/table?where=${encodeURIComponent(
        JSON.stringify({
          any: [
            { field: 'city', op: 'in', values: ['casablanca'] },
            { field: 'totalCentimes', op: 'atLeast', values: [36_500] },
          ],
        }),
      )}`,
    )
    await page.getByRole('button', { name: words.sentence.or, exact: true }).waitFor()
    await page.getByRole('button', { name: views.new }).click()
    await page.getByRole('dialog').getByLabel(views.name).fill('Casablanca et gros paniers')
    await page.keyboard.press('Enter')
    const tab = page.getByRole('link', { name: /Casablanca et gros paniers/ })
    await tab.waitFor()
    await shoot(page, `view-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('g')
    await page.keyboard.press('Digit1')
    await page.waitForURL((url) => !url.search.includes('where'))
    await page.keyboard.press('g')
    await page.keyboard.press('Digit2')
    await page.waitForURL((url) => url.search.includes('where'))
    const kept = (await keeper.get('/views')).body.items
    expect(kept).toMatchObject([{ name: 'Casablanca et gros paniers' }])

    // Columns in another order: the view can be saved so, and gives them back.
    await page.getByRole('button', { name: views.columns, exact: true }).click()
    const columns = page.getByRole('dialog', { name: views.columns })
    await columns.getByRole('button').nth(2).click()
    await shoot(page, `columns-${language}`)
    // What is open, and the word on a button under the pointer, lie beside the page's landmarks.
    expect(await axeViolations(page, { without: ['region'] })).toEqual([])
    await page.keyboard.press('Escape')
    await eventually(
      () => page.getByRole('columnheader').allTextContents(),
      (headers) => headers.indexOf(words.column.amount) < headers.indexOf(words.column.city),
      'the other order of columns',
    )
    await page.getByRole('button', { name: views.save, exact: true }).click()
    await eventually(
      () => keeper.get('/views'),
      ({ body }) => body.items[0].columns.slice(0, 2).join() === 'amount,city',
      'the order of columns to be kept',
    )

    // The view as a file.
    await page.getByRole('button', { name: words.export.action }).click()
    await shoot(page, `export-${language}`)
    await page.getByRole('button', { name: words.export.make }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: words.export.download }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    expect(text.charCodeAt(0)).toBe(0xfeff)
    const where = encodeURIComponent(JSON.stringify(kept[0].filter.where))
    const expected = (await keeper.get(`/orders/count?where=${where}&exact=true`)).body.count
    expect(text.trim().split('\r\n')).toHaveLength(expected + 1)
    expect(watched.complaints()).toEqual([])

    // The same page on a phone: nothing to scroll sideways, nothing for axe.
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 360, height: 740 })
    await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth)
    await shoot(page, `table-phone-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await page.context().close()
  })
})
