import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, sendGenericOrder, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { wordsOf } from './words.ts'

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

type Language = 'fr' | 'ar'
const desk = { width: 1440, height: 900 }
const phone = { width: 360, height: 780 }

const signInAs = (keeper: Shopkeeper, language: Language, viewport: typeof desk): Promise<Page> =>
  signedIn(browser, stack, keeper, { language, viewport })

const buyer = (over: object) => ({ name: 'Hicham Bouazza', phone: '0661234567', city: 'Rabat', ...over })
const item = { sku: 'LAMP-N', name: 'Lampe solaire', quantity: 1, unit_price: '219.00' }

/** Twelve orders that lack something: four phones, five cities written alike, a misspelling, no lines, another currency. */
const incomplete = (): (Record<string, unknown> & { external_id: string })[] => [
  ...['061234', 'appelez-moi', '06 12', '00'].map((text, at) => ({
    external_id: `PHONE-${at}`,
    customer: buyer({ phone: text, address: `${at} rue des Orangers` }),
  })),
  ...Array.from({ length: 5 }, (_, at) => ({
    external_id: `CITY-${at}`,
    customer: buyer({ phone: `06611111${10 + at}`, city: 'Blad Lkhir', address: `${at} derb Jdid` }),
  })),
  { external_id: 'TYPO', customer: buyer({ phone: '0661222233', city: 'Casabanca' }) },
  { external_id: 'EMPTY', customer: buyer({ phone: '0661222244' }), items: [], total: '0', shipping_fee: '0' },
  { external_id: 'EURO', customer: buyer({ phone: '0661222255' }), currency: 'EUR' },
]

interface Shop {
  readonly keeper: Shopkeeper
  waiting(): Promise<any[]>
}

/** A merchant whose shop has just sent its twelve orders. */
const shopWithTwelve = async (name: string): Promise<Shop> => {
  const keeper = await signUp(stack.url, stack.sandboxUrl, name)
  const { body: store } = await keeper.post('/stores', { platform: 'generic', name: 'Page Argan' })
  for (const order of incomplete()) {
    const { status } = await sendGenericOrder(store.webhookUrl, store.webhookSecret, {
      items: [item],
      total: '249.00',
      shipping_fee: '30.00',
      ...order,
    })
    expect(status).toBe(200)
  }
  const waiting = async () => (await keeper.get('/orders?toComplete=true&sort=createdAt&limit=50')).body.items
  await eventually(waiting, (items) => items.length === 12, 'twelve orders in the tray')
  return { keeper, waiting }
}

let phones = 0
/** What a person presses for what is missing, without touching the mouse. */
const repairByKeys = async (page: Page, order: any): Promise<void> => {
  const [reason] = order.toComplete as [string]
  const type = async (key: string, ...texts: string[]): Promise<void> => {
    await page.keyboard.press(key)
    for (const [at, text] of texts.entries()) {
      if (at > 0) await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Enter')
  }
  if (reason.startsWith('phone')) {
    // The field has the focus, and what the shop wrote is marked in it.
    await page.locator('input[type=tel]:focus').waitFor()
    await page.keyboard.type(`06 62 00 00 ${String((phones += 1) + 10)}`)
    await page.locator('[data-verdict="good"]').waitFor()
    await page.keyboard.press('Enter')
  } else if (reason === 'lines_missing') {
    await page.keyboard.press('p')
    await page.keyboard.type('Savon à la main')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('49')
    await page.keyboard.press('Enter')
  } else if (reason === 'currency_not_mad') await type('m', '270')
  else if (order.shippingAddress.cityText === 'Blad Lkhir') {
    await page.getByRole('switch').waitFor()
    await page.keyboard.press('b')
    await page.keyboard.press('a')
    await page.keyboard.type('Kenitra')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
  } else await page.keyboard.press('1')
}

const shown = async (page: Page): Promise<number> =>
  Number(((await page.getByRole('article').getAttribute('aria-label')) ?? '').replace('#', ''))

describe.each(['fr', 'ar'] as const)('In %s', (language) => {
  const { tray, products, common } = wordsOf(language)

  it('twelve incomplete orders are repaired by keys alone, one choice for five of them, and it can be taken back', {
    timeout: 240_000,
  }, async () => {
    const { keeper, waiting } = await shopWithTwelve(`twelve-${language}`)
    const page = await signInAs(keeper, language, desk)
    const watched = watchPage(page)
    await page.goto(`${stack.url}/orders/tray`)
    await page.getByRole('article').waitFor()
    await page.getByRole('heading', { name: tray.facts.title }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `tray-${language}`)

    let left = await waiting()
    for (let step = 0; left.length > 0 && step < 12; step += 1) {
      const number = await shown(page)
      const order = left.find((candidate) => candidate.number === number)
      expect(order, `#${number} of ${left.map((one) => one.number).join(' ')}`).toBeDefined()
      if (order.toComplete[0] === 'city_unknown') await shoot(page, `tray-city-${language}`)
      await repairByKeys(page, order)
      const before = left.length
      left = await eventually(waiting, (items) => items.length < before, `the repair of ${order.toComplete.join()}`)
      if (left.length > 0)
        await page.waitForFunction(
          ([known]) => {
            const label = document.querySelector('article')?.getAttribute('aria-label') ?? ''
            return label !== '' && label !== known
          },
          [`#${number}`],
        )
    }
    expect(left).toEqual([])
    await page.getByText(tray.none).waitFor()
    await shoot(page, `tray-empty-${language}`)
    expect(await axeViolations(page)).toEqual([])

    // The newest repair is taken back by a key, and the order is there again.
    await page.keyboard.press('Control+z')
    await eventually(waiting, (items) => items.length > 0, 'the order that waits again')
    await page.getByRole('article').waitFor()
    const cities = (await keeper.get('/city-spellings')).body.items
    expect(cities).toMatchObject([{ text: 'Blad Lkhir', city: { id: 'kenitra' } }])
    expect(watched.complaints()).toEqual([])
    await page.context().close()
  })

  it('a product is made of an unknown SKU by a key, with its photo, and orders are its own', {
    timeout: 180_000,
  }, async () => {
    const { keeper } = await shopWithTwelve(`review-${language}`)
    const page = await signInAs(keeper, language, desk)
    const watched = watchPage(page)
    await page.goto(`${stack.url}/shop-products`)
    await page.getByRole('gridcell', { name: 'LAMP-N' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `review-${language}`)
    await page.keyboard.press('c')
    await page.getByText(products.review.none.open).waitFor()
    const [made] = (await keeper.get('/products')).body.items
    expect(made).toMatchObject({ name: 'Lampe solaire', sku: 'LAMP-N', priceCentimes: 21_900 })
    const [order] = (await keeper.get('/orders?limit=1')).body.items
    const lines = async () => (await keeper.get(`/orders/${order.id}`)).body.lines
    await eventually(lines, (all) => all.every((line: any) => line.productId === made.id), 'the linked line')

    await page.goto(`${stack.url}/products?open=${made.id}`)
    await page.getByRole('complementary', { name: 'Lampe solaire' }).waitFor()
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'lampe.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
    await page.getByRole('button', { name: products.photo.change }).waitFor()
    await page.locator('img[src*="/photos/"]').first().waitFor()
    await page.getByRole('button', { name: products.variants.add }).click()
    await page.getByLabel(products.variants.name).fill('Noire / L')
    await page.keyboard.press('Tab')
    await page.keyboard.type('LAMP-N-L')
    await page.keyboard.press('Enter')
    await page.getByText('LAMP-N-L').waitFor()
    await shoot(page, `products-${language}`)
    expect(await axeViolations(page)).toEqual([])

    await page.getByRole('button', { name: products.archive, exact: true }).click()
    await eventually(
      async () => (await keeper.get(`/products/${made.id}`)).body.active,
      (active) => !active,
      'the archive',
    )
    await page.getByRole('button', { name: common.ui.undo }).first().click()
    await eventually(
      async () => (await keeper.get(`/products/${made.id}`)).body.active,
      (active) => active,
      'the product on sale again',
    )
    expect(watched.complaints()).toEqual([])
    await page.context().close()
  })

  it('the tray, the products and the review list fit a phone', { timeout: 180_000 }, async () => {
    const { keeper } = await shopWithTwelve(`phone-${language}`)
    const page = await signInAs(keeper, language, phone)
    for (const path of ['/orders/tray', '/products', '/shop-products']) {
      await page.goto(stack.url + path)
      await page.locator('h1').waitFor()
      await page.waitForFunction(() => !document.querySelector('[role="status"][aria-label]'))
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      await shoot(page, `${path.slice(1).replace('/', '-')}-${language}-360`)
      expect(await axeViolations(page)).toEqual([])
    }
    await page.goto(`${stack.url}/orders/tray`)
    const before = await shown(page)
    await page.getByRole('button', { name: tray.next }).click()
    await page.waitForFunction(
      ([known]) => document.querySelector('article')?.getAttribute('aria-label') !== known,
      [`#${before}`],
    )
    await page.context().close()
  })
})
