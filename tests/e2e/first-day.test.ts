import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, resize, shoot, watchPage } from '../support/browser.ts'
import { codeFor, goodPassword, type Shopkeeper, signIn } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { wordsOf } from './words.ts'

/** The first day of a shop: an account, the first steps, examples and their end, a first order and the day's figures. */
let stack: Stack
let browser: Browser
const desk = { width: 1440, height: 900 }
const phone = { width: 360, height: 740 }

beforeAll(async () => {
  stack = await startStack()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const { carriers, common, onboarding, orders, reports, stores } = wordsOf(language)
  const email = `premier-jour-${language}@dar-argan.example`

  const open = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: desk, locale: language, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(`${stack.url}/sign-up`)
    await page.evaluate((chosen) => localStorage.setItem('sendocki.language', chosen), language)
    await page.reload()
    await page.locator('input[autocomplete=name]').fill('Salma Berrada')
    await page.locator('input[autocomplete=organization]').fill('Dar Argan')
    await page.locator('input[type=email]').fill(email)
    await page.locator('input[type=password]').fill(goodPassword)
    await page.locator('button[type=submit]').click()
    const code = page.locator('input[autocomplete=one-time-code]').first()
    await code.fill(await codeFor(stack.sandboxUrl, email))
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/start/)
    return page
  }
  const fits = (page: Page): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  /** Axe, a picture, and the same on a phone, where nothing lies beside the screen. */
  const look = async (page: Page, name: string): Promise<void> => {
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `day-${name}-${language}`)
    await resize(page, phone)
    expect(await fits(page)).toBe(true)
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `day-${name}-${language}-phone`)
    await resize(page, desk)
  }
  const figure = (page: Page, key: string) => page.locator(`li[data-key="${key}"] a`).first()
  const count = async (page: Page, key: string): Promise<number> =>
    Number(((await figure(page, key).textContent()) ?? '').replace(/\D/g, ''))
  const rowsOf = (page: Page) => page.getByRole('grid').first().getByRole('row')

  const steps = async (page: Page): Promise<void> => {
    const main = page.locator('main')
    await main.getByRole('heading', { name: onboarding.title }).waitFor()
    await main.getByRole('heading', { name: onboarding.step.team.title }).waitFor()
    await look(page, 'steps')
    await main.getByRole('button', { name: onboarding.later }).click()
    await main.locator('button[aria-current=step]', { hasText: onboarding.step.pipeline.name }).waitFor()
    await main.locator('button[data-status=skipped]', { hasText: onboarding.step.team.name }).click()
    await main.getByRole('button', { name: onboarding.resume }).click()
    await main.locator('button[data-status=todo]', { hasText: onboarding.step.team.name }).waitFor()
    await main.locator('button[data-status=todo]', { hasText: onboarding.step.whatsapp.name }).click()
    await main.getByRole('heading', { name: onboarding.step.whatsapp.title }).waitFor()
    await main.locator('a[href="/settings/whatsapp"]').waitFor()
    await main.getByRole('button', { name: onboarding.step.store.name }).first().click()
    await main.getByRole('heading', { name: onboarding.step.store.title }).waitFor()
    await look(page, 'step-store')
    await main.getByRole('radio', { name: onboarding.way.generic.title }).check()
    await main.getByRole('heading', { name: onboarding.way.generic.connect }).waitFor()
    await main.getByLabel(stores.name).waitFor()
    await look(page, 'step-store-form')
    await main.locator('button[data-status=todo]', { hasText: onboarding.step.carrier.name }).click()
    await main.getByRole('button', { name: carriers.form.connect, exact: true }).waitFor()
    await look(page, 'step-carrier')
    await page.goto(`${stack.url}/start`)
  }

  const examples = async (page: Page, keeper: Shopkeeper): Promise<void> => {
    const main = page.locator('main')
    await main.getByRole('button', { name: onboarding.samples.add }).click()
    await main.getByRole('button', { name: onboarding.samples.remove }).waitFor()
    await eventually(
      async () => (await keeper.get('/samples')).body.status,
      (status) => status === 'there',
      'the examples',
      60,
    )
    await main.getByRole('link', { name: onboarding.samples.see }).waitFor()
    await page.goto(`${stack.url}/today`)
    await page.locator('main').getByRole('heading', { name: reports.title }).waitFor()
    await look(page, 'today')
    for (const key of ['created', 'confirmed', 'shipped', 'delivered', 'due', 'late']) {
      await page.goto(`${stack.url}/today`)
      await figure(page, key).waitFor()
      const counted = await count(page, key)
      await figure(page, key).click()
      await page.waitForURL(/\/orders\/table\?/)
      const asked = new URL(page.url()).searchParams
      expect(asked.size).toBeGreaterThan(0)
      await page.waitForFunction(() => !document.querySelector('[role="status"][aria-label]'))
      if (counted === 0) await page.getByText(orders.empty.filtered).waitFor()
      else
        await eventually(
          () => rowsOf(page).count(),
          (rows) => (counted < 15 ? rows === counted + 1 : rows > 10),
          `${counted} rows of ${key}`,
        )
    }
  }

  const write = async (page: Page, keeper: Shopkeeper): Promise<void> => {
    const { body: order } = await keeper.post('/orders', {
      customer: { name: 'سعاد أيت الحاج', phone: '0661234501' },
      shippingAddress: { line: '12 rue des Orangers', city: 'Rabat' },
      lines: [{ name: 'Caftan brodé, vert', quantity: 1, unitPriceCentimes: 89_000 }],
    })
    await page.goto(`${stack.url}/orders/table?order=${order.id}`)
    const call = page.locator('a[href="tel:+212661234501"]')
    await call.waitFor()
    await page.keyboard.press('w')
    const link = page.getByRole('link', { name: orders.write.open })
    // A name in Arabic letters is written to in Arabic letters, with the city's own name.
    const text = async (): Promise<string> =>
      new URL((await link.getAttribute('href')) ?? '').searchParams.get('text') ?? ''
    await link.waitFor()
    await eventually(text, (said) => said.includes('الرباط'), 'the city in Arabic')
    expect(await text()).toContain(`رقم ${order.number}`)
    expect((await link.getAttribute('href')) ?? '').toMatch(/^https:\/\/wa\.me\/212661234501\?text=/)
    expect(await axeViolations(page, { without: ['region'] })).toEqual([])
    await shoot(page, `day-message-${language}`)
    await page.getByRole('radio', { name: orders.write.in.fr }).check()
    expect(await text()).toContain('Bonjour سعاد أيت الحاج, ici Dar Argan.')
    await page.getByRole('radio', { name: orders.write.in.darija_latin }).check()
    expect(await text()).toContain('Caftan brodé, vert')
    await page.keyboard.press('Escape')
  }

  const removed = async (page: Page, keeper: Shopkeeper): Promise<void> => {
    await page.goto(`${stack.url}/start`)
    await page.locator('main').getByRole('button', { name: onboarding.samples.remove }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(onboarding.samples.nothingReal).waitFor()
    await shoot(page, `day-remove-${language}`)
    await dialog.getByRole('button', { name: onboarding.samples.removeAll, exact: true }).click()
    await page.locator('main').getByRole('button', { name: onboarding.samples.add }).waitFor({ timeout: 60_000 })
    const { items } = (await keeper.get('/orders')).body
    expect(items.map(({ isSample }: { isSample: boolean }) => isSample)).toEqual([false])
  }

  it('goes from an account to a first order, with examples that come and go', { timeout: 300_000 }, async () => {
    const page = await open()
    const watched = watchPage(page)
    const keeper = await signIn(stack.url, email)
    await steps(page)
    await examples(page, keeper)
    await write(page, keeper)
    await removed(page, keeper)
    // The figure follows an order that somebody else writes, by itself.
    await page.goto(`${stack.url}/today`)
    await eventually(
      () => count(page, 'created'),
      (counted) => counted === 1,
      'the one real order',
    )
    await keeper.post('/orders', {
      customer: { name: 'Hicham Bouazza', phone: '0661234502' },
      shippingAddress: { city: 'Fès' },
      lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
    })
    await eventually(
      () => count(page, 'created'),
      (counted) => counted === 2,
      'the second order, without a click',
    )
    // The reminder is put away, comes back by undo, and stays away.
    const reminder = page.getByRole('complementary', { name: common.nav.start })
    await reminder.getByRole('button', { name: common.start.putAway }).click()
    await reminder.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    await reminder.waitFor()
    await reminder.getByRole('button', { name: common.start.putAway }).click()
    await reminder.waitFor({ state: 'detached' })
    await page.reload()
    await figure(page, 'created').waitFor()
    expect(await reminder.count()).toBe(0)
    expect(watched.complaints()).toEqual([])
    await page.context().close()
  })
})
