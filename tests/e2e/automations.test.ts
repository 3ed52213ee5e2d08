import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeViolations, openBrowser, resize, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { demoLine } from '../support/whatsapp.ts'
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

const open = (keeper: Shopkeeper, language: 'fr' | 'ar'): Promise<Page> =>
  signedIn(browser, stack, keeper, { language, viewport: { width: 1440, height: 900 } })
const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

/** A line, a template that Meta approved, and a buyer who says yes. */
const prepare = async (keeper: Shopkeeper, phone: string): Promise<void> => {
  const number = await keeper.post('/whatsapp/numbers', demoLine)
  await keeper.post('/whatsapp/templates', {
    ...{ numberId: number.body.id, name: 'cod_ask', language: 'fr', category: 'utility' },
    body: 'Salam {{1}}, vous confirmez la commande {{2}} ?',
    variables: ['customer_name', 'order_number'],
    buttons: ['Je confirme', 'Annuler'],
  })
  await eventually(
    async () => (await keeper.get('/whatsapp/templates?state=approved')).body.items as unknown[],
    (items) => items.length > 0,
    'the approval of a template',
  )
  await fetch(`${stack.sandboxUrl}/control/whatsapp/buyers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone, answer: 'yes' }),
  })
}
const place = (keeper: Shopkeeper, phone: string) =>
  keeper.post('/orders', {
    customer: { name: 'Khadija Ouazzani', phone },
    shippingAddress: { line: '4 rue des Orangers', city: 'Casablanca' },
    lines: [{ name: 'Pack ghassoul', quantity: 1, unitPriceCentimes: 56_000 }],
  })

it('an order arrives, the stage asks, the buyer says yes, and the board shows it confirmed', {
  timeout: 180_000,
}, async () => {
  const keeper = await signUp(stack.url, stack.sandboxUrl, 'automations')
  const phone = '+212662334455'
  await prepare(keeper, phone)
  await place(keeper, '+212662334466')
  const page = await open(keeper, 'fr')
  const watched = watchPage(page)
  const { automations: words } = wordsOf('fr')
  const { stages } = (await keeper.get('/pipeline')).body
  const stageOf = (state: string) => stages.find((one: { state: string }) => one.state === state)
  const nameOf = (state: string): string => stageOf(state).name.fr
  const choose = async (label: string, option: string): Promise<void> => {
    await page.getByRole('dialog').getByRole('combobox', { name: label }).click()
    await page.getByRole('option', { name: option }).click()
  }

  await page.goto(`${stack.url}/automations`)
  await page.getByText(words.none).waitFor()
  await page.getByRole('button', { name: words.create }).click()
  await page.getByRole('dialog').getByLabel(words.form.name, { exact: true }).fill('Demande de confirmation')
  await choose(words.form.stage, nameOf('new'))
  await choose(words.form.template, 'cod_ask · fr')
  await choose(words.form.button.replace('{{text}}', 'Je confirme'), nameOf('confirmed'))
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'automation-form')
  await page.getByRole('button', { name: words.form.save }).click()
  await page.getByText(/Salam Khadija Ouazzani, vous confirmez la commande #\d+ \?/).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'automation-preview')
  await page.getByRole('button', { name: words.switchOn }).click()
  await page.getByText(words.on, { exact: true }).waitFor()
  await shoot(page, 'automations')

  await page.goto(`${stack.url}/orders/board`)
  const { body: order } = await place(keeper, phone)
  await page.locator(`[data-stage="${stageOf('confirmed').id}"] [data-order="${order.id}"]`).waitFor()

  await page.goto(`${stack.url}/automation-runs`)
  await page.getByRole('row').filter({ hasText: 'Je confirme' }).first().click()
  await page
    .getByRole('complementary')
    .getByText(`Salam Khadija Ouazzani, vous confirmez la commande #${order.number}`)
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'automation-runs')
  // The history of the order leads to the same message.
  await page.goto(`${stack.url}/orders/${order.id}`)
  await page
    .getByRole('link', { name: wordsOf('fr').orders.history.run })
    .first()
    .click()
  await page.waitForURL(/\/automation-runs\?open=/)
  await page.getByRole('complementary').getByText(`vous confirmez la commande #${order.number}`).waitFor()
  await page.goto(`${stack.url}/automation-costs`)
  await page.getByRole('cell', { name: 'cod_ask · fr' }).waitFor()
  await page.getByText(words.cost.ratesDefault.replace('{{day}}', '1 nov. 2026')).waitFor()
  await shoot(page, 'automation-costs')
  expect(watched.complaints()).toEqual([])

  const arabic = await open(keeper, 'ar')
  for (const [path, name] of [
    ['/automations', 'list'],
    ['/automation-runs', 'runs'],
    ['/automation-costs', 'costs'],
  ] as const) {
    await resize(arabic, { width: 1440, height: 900 })
    await arabic.goto(stack.url + path)
    await arabic
      .getByText(/cod_ask|Khadija/)
      .first()
      .waitFor()
    await shoot(arabic, `automation-${name}-ar`)
    await resize(arabic, { width: 360, height: 740 })
    expect(await fits(arabic)).toBe(true)
    expect(await axeViolations(arabic)).toEqual([])
    await shoot(arabic, `automation-${name}-phone-ar`)
  }
})
