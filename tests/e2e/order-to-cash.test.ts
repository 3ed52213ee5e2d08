import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { codeFor, goodPassword, signIn } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { connectSendit, type Outside, outsideOf } from '../support/trade.ts'
import { wordsOf } from './words.ts'

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

const order = {
  shipping_address: {
    name: 'Salma Alami',
    address1: '12 rue des Orangers, Maârif',
    city: 'casa',
    phone: '06 61 23 45 67',
    country_code: 'MA',
  },
  line_items: [
    {
      id: 1,
      title: 'Lampe solaire',
      variant_title: 'Noir',
      sku: 'LAMP-N',
      quantity: 1,
      current_quantity: 1,
      price: '219.00',
    },
  ],
  shipping_lines: [{ title: 'Livraison', price: '30.00' }],
  total_price: '249.00',
  current_total_price: '249.00',
  total_outstanding: '249.00',
  payment_gateway_names: ['Cash on Delivery (COD)'],
}

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const words = wordsOf(language)

  const signUpAs = async (page: Page, email: string): Promise<void> => {
    await page.goto(`${stack.url}/sign-up`)
    await page.evaluate((chosen) => localStorage.setItem('sendocki.language', chosen), language)
    await page.reload()
    await page.locator('input[autocomplete=name]').fill('Salma Berrada')
    await page.locator('input[autocomplete=organization]').fill('Dar Argan')
    await page.locator('input[type=email]').fill(email)
    await page.locator('input[type=password]').fill(goodPassword)
    await page.locator('button[type=submit]').click()
    await page
      .locator('input[autocomplete=one-time-code]')
      .first()
      .fill(await codeFor(stack.sandboxUrl, email))
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/(today|start|orders|settings)/)
  }

  const connectShop = async (page: Page, shop: string): Promise<void> => {
    await page.goto(`${stack.url}/settings/stores`)
    await page.getByRole('button', { name: words.stores.connect }).first().click()
    await page.getByRole('button', { name: words.stores.way.shopify.title }).first().click()
    await page.getByLabel(words.stores.name).fill('Dar Argan')
    await page.getByLabel(words.stores.shopAddress).fill(shop)
    await page.getByRole('button', { name: words.stores.goTo.shopify }).click()
    await page.getByRole('button', { name: "Installer l'application" }).click()
    await page.waitForURL(/\/settings\/stores/)
    await page.getByText(words.stores.status.connected, { exact: true }).waitFor()
  }

  it('takes an order from the shop to the cash and back', { timeout: 180_000 }, async () => {
    const page = await (
      await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: language })
    ).newPage()
    page.setDefaultTimeout(30_000)
    const watched = watchPage(page)
    const email = `salma-${crypto.randomUUID().slice(0, 8)}@dar-argan.example`
    const shop = `dar-argan-${crypto.randomUUID().slice(0, 6)}`

    await signUpAs(page, email)
    expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr')
    await connectShop(page, shop)
    const keeper = await signIn(stack.url, email)
    await eventually(
      outside.state,
      ({ shops }) => shops.some((one: any) => one.shop === `${shop}.myshopify.com` && one.subscriptions.length > 0),
      'the subscriptions',
    )

    // The board is open before the order is placed: it appears without a reload.
    await page.goto(`${stack.url}/orders/board`)
    await page.getByRole('heading', { name: words.orders.title }).waitFor()
    await outside.control('shops/shopify/orders', { shop, order })
    const card = page.getByText('Salma Alami').first()
    await card.waitFor()
    await shoot(page, `board-${language}`)
    expect(await axeViolations(page)).toEqual([])

    // Confirmed from the keyboard, on the order's own page.
    const { id } = (await keeper.get('/orders')).body.items[0]
    const confirmed = (await keeper.get('/pipeline')).body.stages.find((stage: any) => stage.state === 'confirmed')
    await page.goto(`${stack.url}/orders/${id}`)
    await page.getByText('Salma Alami').first().waitFor()
    await page.keyboard.press('m')
    await page.getByRole('menuitem', { name: confirmed.name[language], exact: true }).click()
    await eventually(
      async () => (await keeper.get(`/orders/${id}`)).body.state,
      (state) => state === 'confirmed',
      'the confirmation',
    )

    // Shipped with the carrier.
    await connectSendit(keeper, outside)
    await page.reload()
    await page.getByText('Salma Alami').first().waitFor()
    await page.getByRole('button', { name: words.orders.ship.create }).click()
    const parcel = await eventually(
      async () => (await keeper.get('/parcels')).body.items[0],
      (found) => Boolean(found?.trackingNumber),
      'the tracking number',
    )
    await shoot(page, `order-${language}`)
    expect(await axeViolations(page)).toEqual([])

    // Delivered by the carrier, due, marked collected, and that is taken back.
    for (const status of ['PICKEDUP', 'DELIVERED'])
      await outside.control(`parcels/${parcel.trackingNumber}`, { status })
    const cashIs = (status: string) =>
      eventually(
        async () => (await keeper.get(`/orders/${id}`)).body.cash.status,
        (found) => found === status,
        `cash ${status}`,
      )
    await cashIs('due')
    await page.goto(`${stack.url}/collection`)
    await page.getByRole('checkbox').nth(1).click()
    await shoot(page, `collection-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('e')
    await page.getByRole('dialog').getByRole('button', { name: words.cash.mark.collected }).click()
    await cashIs('collected')
    // The screen knows what it may take back once the answer has reached it.
    await page.getByRole('button', { name: words.common.ui.undo }).first().waitFor()
    await page.keyboard.press('Control+z')
    await cashIs('due')
    expect(watched.complaints()).toEqual([])
  })
})
