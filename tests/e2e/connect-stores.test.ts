import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { type Outside, outsideOf } from '../support/trade.ts'
import { wordsOf } from './words.ts'

/** Every way in, as a merchant goes it: at a phone's width, in French and in Arabic. */
let stack: Stack
let outside: Outside
let browser: Browser

beforeAll(async () => {
  stack = await startStack()
  outside = outsideOf(stack.sandboxUrl)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const { onboarding, stores: words } = wordsOf(language)

  const open = async (keeper: Shopkeeper): Promise<Page> => {
    const page = await signedIn(browser, stack, keeper, { language, viewport: { width: 360, height: 740 } })
    await page.goto(`${stack.url}/settings/stores`)
    return page
  }
  const begin = async (page: Page, way: keyof typeof words.way, name: string): Promise<void> => {
    await page.getByRole('button', { name: words.connect, exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: words.way[way].text }).click()
    await dialog.getByLabel(words.name).fill(name)
  }
  const cardOf = (page: Page, name: string) => page.getByRole('article', { name })
  /** Nothing of a screen may stand out to the side. */
  const fits = async (page: Page): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

  it('connects a YouCan shop, a WooCommerce site and a sheet', { timeout: 240_000 }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, `boutiques-${language}`)
    const page = await open(keeper)
    const watched = watchPage(page)
    const shop = `atlas-${crypto.randomUUID().slice(0, 6)}`

    // YouCan, in the first steps: refused first, which is said; then granted. The shop leads back to the step each time.
    await page.goto(`${stack.url}/start?step=store`)
    await page.getByRole('radio', { name: onboarding.way.youcan.title }).check()
    await page.getByLabel(words.name).fill('Atlas YouCan')
    expect(await fits(page)).toBe(true)
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `connect-youcan-${language}`)
    await page.getByRole('button', { name: words.goTo.youcan }).click()
    await page.getByRole('button', { name: 'Refuser' }).click()
    await page.waitForURL(/\/start\?step=store$/)
    await page.getByText(words.returned.refused).first().waitFor()
    await cardOf(page, 'Atlas YouCan').getByText(words.problem.oauth_refused).waitFor()
    await cardOf(page, 'Atlas YouCan').getByRole('button', { name: words.reconnect }).click()
    await page.locator('input[name=shop]').fill(shop)
    await page.getByRole('button', { name: 'Autoriser' }).click()
    await page.waitForURL(/\/start\?step=store$/)
    await cardOf(page, 'Atlas YouCan').getByText(words.status.connected, { exact: true }).waitFor()
    const there = onboarding.there.store_one.replace('{{count, number}}', '1')
    await page.locator('section p', { hasText: there }).waitFor()
    await shoot(page, `connect-youcan-done-${language}`)
    await page.goto(`${stack.url}/settings/stores`)
    await cardOf(page, 'Atlas YouCan').getByText('YouCan', { exact: true }).waitFor()

    // WooCommerce by keys: an address that is never called, then wrong keys, then the right ones.
    await begin(page, 'woocommerce', 'Atlas Woo')
    await page.getByRole('radio', { name: words.meansOf.keys.title }).check()
    await page.getByLabel(words.siteAddress).fill('10.0.0.7')
    await page.getByLabel(words.consumerKey).fill('ck_demo')
    await page.getByLabel(words.consumerSecret).fill('cs_wrong')
    await page.getByRole('button', { name: words.create, exact: true }).click()
    await page.getByRole('dialog').locator('[aria-invalid=true]').waitFor()
    await page.getByLabel(words.siteAddress).fill(`${shop}.ma`)
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('button', { name: words.create, exact: true }).click()
    await cardOf(page, 'Atlas Woo').getByText(words.problem.credentials_refused).waitFor()
    await shoot(page, `connect-woocommerce-${language}`)
    await cardOf(page, 'Atlas Woo').getByRole('button', { name: words.reconnect }).click()
    await page.getByRole('radio', { name: words.meansOf.keys.title }).check()
    await page.getByLabel(words.consumerKey).fill('ck_demo')
    await page.getByLabel(words.consumerSecret).fill('cs_demo')
    await page.getByRole('dialog').getByRole('button', { name: words.reconnect }).click()
    await cardOf(page, 'Atlas Woo').getByText(words.status.connected, { exact: true }).waitFor()

    // A sheet: the script is there to be copied, with its steps; a page's code is one press away.
    await begin(page, 'sheet', 'Ma feuille')
    await page.getByRole('button', { name: words.create, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(words.sheetStep.paste).waitFor()
    expect(await dialog.locator('pre').textContent()).toContain('function installSendocki()')
    expect(await fits(page)).toBe(true)
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `connect-sheet-${language}`)
    await dialog.getByRole('button', { name: words.sampleIn.php, exact: true }).click()
    expect(await dialog.locator('pre').textContent()).toContain("hash_hmac('sha256'")
    await dialog.getByRole('button', { name: words.secretKept }).click()

    // Orders of both shops arrive, each with its store.
    await outside.control('shops/youcan/orders', { shop })
    await outside.control('shops/woocommerce/orders', { shop: `${shop}.ma` })
    await eventually(
      async () => (await keeper.get('/orders')).body.items.length as number,
      (count) => count === 2,
      'the orders of both shops',
    )
    expect(await fits(page)).toBe(true)
    expect(watched.complaints()).toEqual([])
  })
})
