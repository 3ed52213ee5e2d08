import { createHmac } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeViolations, coveredOf, openBrowser, resize, shoot, watchPage } from '../support/browser.ts'
import { goodPassword, type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { demoLine } from '../support/whatsapp.ts'
import { wordsOf } from './words.ts'

/** A day at the call centre with the keyboard only, a handset beside it, and a network that goes and comes back. */
let stack: Stack
let browser: Browser
let keeper: Shopkeeper

beforeAll(async () => {
  stack = await startStack()
  browser = await openBrowser()
  keeper = await openAlways(await signUp(stack.url, stack.sandboxUrl, 'appels'))
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

/** Calls at any hour: the machine's clock is not the merchant's. */
const openAlways = async (shop: Shopkeeper): Promise<Shopkeeper> => {
  const { settings, version } = (await shop.get('/calls/settings')).body
  const always = { week: Array(7).fill([{ from: '00:00', to: '24:00' }]), fridayPause: null, holidays: [] }
  const ramadan = { ...settings.ramadan, periods: [] }
  const saved = await shop.call('PUT', '/calls/settings', { version, settings: { ...settings, ...always, ramadan } })
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.body))
  return shop
}

const given = async (name: string, phone: string, shop = keeper) =>
  (
    await shop.post('/orders', {
      customer: { name, phone },
      shippingAddress: { line: `${phone} rue des Roses`, city: 'Casablanca', district: 'Maârif' },
      lines: [{ name: `Huile ${name}`, quantity: 2, unitPriceCentimes: 12_000 }],
    })
  ).body

const signedIn = async (language: 'fr' | 'ar', width: number, shop = keeper): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 860 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${stack.url}/sign-in`)
  await page.evaluate((chosen) => localStorage.setItem('sendocki.language', chosen), language)
  await page.reload()
  await page.locator('input[type=email]').fill(shop.email)
  await page.locator('input[type=password]').fill(goodPassword)
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/\/(today|start|orders)/)
  await page.goto(`${stack.url}/calls`)
  return page
}

const ringFrom = async ({ url, secret }: { url: string; secret: string }, news: object): Promise<void> => {
  const body = JSON.stringify(news)
  const t = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-signature': `t=${t},v1=${signature}` }
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200)
}

/** A buyer writes to the line of the sandbox. */
const write = async (from: string, text: string): Promise<void> => {
  const said = await fetch(`${stack.sandboxUrl}/control/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, text }),
  })
  expect(said.ok).toBe(true)
}

const orderNow = async (id: string, holds: (order: any) => boolean, what: string) =>
  eventually(async () => (await keeper.get(`/orders/${id}`)).body, holds, what)

const sizes = [
  { width: 360, height: 740 },
  { width: 1024, height: 768 },
  { width: 1440, height: 860 },
]
/** What was said of the last outcomes stands where no outcome is pressed, in both directions and at every width. */
const nothingCovered = async (page: Page): Promise<void> => {
  const toasts = page.locator('.mantine-Notification-root')
  await toasts.first().waitFor()
  for (const dir of ['rtl', 'ltr'])
    for (const size of sizes) {
      await page.evaluate((turned) => (document.documentElement.dir = turned), dir)
      await resize(page, size)
      // The app hears of the new width a moment after the page has it; the toasts must still be there by then.
      await eventually(
        () => coveredOf(page, '[data-outcome], [data-dial]'),
        (over) => over.length === 0,
        `every outcome to lie free, ${dir}, ${size.width} pixels wide`,
      )
      expect(await toasts.count()).toBeGreaterThan(0)
      await shoot(page, `call-toasts-${dir}-${size.width}`)
    }
}

it('law 3 on the screen: a queue is worked with the keyboard only, on two screens, and through a cut', {
  timeout: 120_000,
}, async () => {
  const { calls, callSettings, common } = wordsOf('fr')
  const orders = [
    await given('Amal Un', '0661000001'),
    await given('Badr Deux', '0661000002'),
    await given('Chama Trois', '0661000003'),
    await given('Driss Quatre', '0661000004'),
  ]
  const page = await signedIn('fr', 1440)
  const watched = watchPage(page)
  const keys = page.keyboard
  await page.getByRole('button', { name: calls.next }).waitFor()
  await keys.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Amal Un' }).waitFor()
  await page.getByText('06 61 00 00 01').first().waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'fr-call')

  // The same account on a handset shows the same call, in Arabic, without a number typed.
  const handset = await signedIn('ar', 360)
  await handset.getByRole('heading', { level: 2, name: 'Amal Un' }).waitFor()
  expect(await axeViolations(handset)).toEqual([])
  expect(await handset.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1)).toBe(true)
  await shoot(handset, 'ar-call-phone')
  await handset.context().close()

  // Closed until the amount and the day were told.
  await keys.press('1')
  expect(await page.locator('[data-outcome="confirmed"]').getAttribute('aria-disabled')).toBe('true')
  await keys.press('m')
  // A day is written as in Morocco whatever the browser speaks, or chosen on a calendar by the arrows.
  const day = page.getByRole('textbox', { name: calls.questions.date })
  await day.fill('31/02/2099')
  await keys.press('Escape')
  await page.getByText(common.ui.day.unread).waitFor()
  await day.press('ArrowDown')
  await page.locator('[data-begun]:focus').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'fr-calendar')
  await keys.press('Enter')
  await page.waitForFunction(() => /^\d\d\/\d\d\/\d{4}$/.test((document.activeElement as HTMLInputElement).value))
  await keys.press('Escape')
  await keys.press('t')
  await page.locator('[data-outcome="confirmed"]:not([aria-disabled])').waitFor()
  await keys.press('n')
  await keys.type('Livrer après 17h')
  await keys.press('Escape')
  await keys.press('1')
  await keys.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Badr Deux' }).waitFor()
  expect((await orderNow(orders[0].id, ({ state }) => state === 'confirmed', 'confirmed')).attemptCount).toBe(1)

  // When it will be called again, and why then, is said before it is saved.
  await keys.press('2')
  const will = await page.getByText(/^Prochain essai .+\. .+\.$/).innerText()
  // The browser's calendar may be older than the server's: what is printed is the server's hour.
  const [, shown, reasoned] = /(\d\d):\d\d\..* (\d+).h/.exec(will) ?? []
  expect(shown, will).toBeDefined()
  expect(Number(shown)).toBe(Number(reasoned))
  await shoot(page, 'fr-call-next-try')
  await keys.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Chama Trois' }).waitFor()
  await nothingCovered(page)
  expect((await orderNow(orders[1].id, ({ nextAttemptAt }) => nextAttemptAt !== null, 'a next try')).state).toBe('new')

  // A price is changed in its place; the server counts anew.
  await page.getByRole('textbox', { name: /^Prix à la pièce/ }).fill('110')
  await keys.press('Enter')
  await orderNow(orders[2].id, ({ totalCentimes }) => totalCentimes === 22_000, 'the new total')

  await keys.press('4')
  await keys.type('dans 2 heures')
  await page
    .getByRole('button', { name: /^Rappeler/ })
    .first()
    .waitFor()
  await page.getByRole('status').getByRole('button').first().waitFor()
  await keys.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Driss Quatre' }).waitFor()

  // What was typed survives a closed tab; what was decided survives a cut.
  await keys.press('n')
  await keys.type('Sonne occupé')
  await page.reload()
  await page.getByRole('heading', { level: 2, name: 'Driss Quatre' }).waitFor()
  expect(await page.locator('textarea').inputValue()).toBe('Sonne occupé')
  await page.context().setOffline(true)
  await keys.press('3')
  await keys.press('Enter')
  await page.getByText(/Hors connexion/).waitFor()
  expect((await keeper.get(`/orders/${orders[3].id}`)).body.attemptCount).toBe(0)
  await page.context().setOffline(false)
  const last = await orderNow(orders[3].id, ({ attemptCount }) => attemptCount > 0, 'the kept outcome')
  expect(last.attemptCount).toBe(1)
  await page.getByText(calls.empty.title).waitFor()

  // Somebody calls: what one answers opens by itself, with no number typed.
  await page.goto(`${stack.url}/settings/calls?view=pbx`)
  await page.getByRole('button', { name: callSettings.pbx.connect }).click()
  const copied = (label: string) => page.locator('p', { hasText: label }).locator('bdi').innerText()
  const exchange = { url: await copied(callSettings.pbx.url), secret: await copied(callSettings.pbx.secret) }
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'fr-exchange')
  await page.goto(`${stack.url}/calls`)
  await page.getByText(calls.empty.title).waitFor()
  await ringFrom(exchange, { callId: '1', event: 'answered', from: '0661000001', agent: keeper.email })
  await page.getByRole('heading', { level: 2, name: 'Amal Un' }).waitFor()
  await page.getByRole('button', { name: calls.release }).click()
  await page.getByText(calls.empty.title).waitFor()

  // From an order, the call is one press away.
  await page.goto(`${stack.url}/orders/${orders[1].id}`)
  await page.getByRole('link', { name: /^Appeler/ }).waitFor()
  await keys.press('c')
  await page.getByRole('heading', { level: 2, name: 'Badr Deux' }).waitFor()
  await page.getByRole('button', { name: calls.release }).click()
  await page.getByText(calls.empty.title).waitFor()
  // A duplicate is decided over the call, which goes on with the order to whose address both go.
  const [, twin] = [await given('Ghita Cinq', '0661000005'), await given('Ghita Cinq', '0661000005')]
  await page.getByRole('button', { name: calls.next }).waitFor()
  await keys.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Ghita Cinq' }).waitFor()
  await keys.press('7')
  const desk = page.getByRole('dialog')
  await desk.locator('button[data-proposed]').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'fr-call-duplicate')
  await keys.press('3')
  await desk.waitFor({ state: 'detached' })
  await page.getByText('partent dans un seul colis').waitFor()
  await page.getByRole('heading', { level: 2, name: 'Ghita Cinq' }).waitFor()
  expect((await keeper.get(`/orders/${twin.id}`)).body.shipWithOrderId).not.toBeNull()
  await keys.press('7')
  expect(await page.locator('[data-outcome="duplicate"]').getAttribute('aria-pressed')).toBe('true')

  await page.goto(`${stack.url}/calls/floor`)
  await page.getByRole('row', { name: /Salma Berrada/ }).waitFor()
  expect(watched.complaints().filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([])
})

it('a merchant may want a pause between two calls and no digits: buttons and Enter do the same', {
  timeout: 60_000,
}, async () => {
  const { calls } = wordsOf('fr')
  const { settings, version } = (await keeper.get('/calls/settings')).body
  const calm = { ...settings, wrapUpSeconds: 600, digitKeys: false }
  expect((await keeper.call('PUT', '/calls/settings', { version, settings: calm })).status).toBe(200)
  const { id } = await given('Hanane Six', '0661000006')
  await given('Ilyas Sept', '0661000007')
  const page = await signedIn('fr', 1440)
  await page.goto(`${stack.url}/calls?order=${id}`)
  await page.getByRole('heading', { level: 2, name: 'Hanane Six' }).waitFor()
  await page.keyboard.press('2')
  await page.getByText(calls.chooseByHand).waitFor()
  const noAnswer = page.locator('[data-outcome="no_answer"]')
  await noAnswer.press('Enter')
  await page.locator('[data-outcome="no_answer"][aria-pressed="true"]').waitFor()
  await noAnswer.press('Enter')
  await page.getByRole('heading', { name: calls.wrapUp.title }).waitFor()
  await page.getByRole('timer').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'fr-call-wrap-up')
  await page.keyboard.press('Enter')
  await page.getByRole('article').getByText(calls.yours).waitFor()
})

it('what the customer of a call writes is read and answered beside it, live, and folded where there is little room', {
  timeout: 90_000,
}, async () => {
  const { calls, whatsapp } = wordsOf('fr')
  const shop = await openAlways(await signUp(stack.url, stack.sandboxUrl, 'fil'))
  await given('Nadia Fil', '0661000021', shop)
  const page = await signedIn('fr', 1440, shop)
  const watched = watchPage(page)
  const keys = page.keyboard
  const thread = page.getByRole('log')
  const fits = (shown: Page) => shown.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1)
  await page.getByRole('button', { name: calls.next }).waitFor()
  await keys.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Nadia Fil' }).waitFor()

  // No number yet, then nobody who wrote, then a message: each appears by itself.
  await page.getByText(whatsapp.onCall.noNumber).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'fr-call-thread-no-number')
  expect((await shop.post('/whatsapp/numbers', demoLine)).status).toBe(201)
  await page.getByRole('button', { name: whatsapp.onCall.first }).waitFor()
  const lines = async () => (await shop.get('/whatsapp/numbers')).body.items
  await eventually(lines, ([line]) => line.status === 'connected', 'a connected number')
  await write('212661000021', 'واخا، عيطو ليا من بعد')
  await thread.getByText('واخا، عيطو ليا من بعد').waitFor()

  // With the keyboard: into the field, out of it, and the keys of the call are heard again.
  await keys.press('c')
  await keys.type('Bonjour, je vous appelle à 15h.')
  await keys.press('Enter')
  await thread.getByText('Bonjour, je vous appelle à 15h.').waitFor()
  await keys.press('Escape')
  await keys.press('2')
  expect(await page.locator('[data-outcome="no_answer"]').getAttribute('aria-pressed')).toBe('true')
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'fr-call-thread')

  await page.setViewportSize({ width: 1100, height: 800 })
  await thread.waitFor({ state: 'detached' })
  await keys.press('c')
  await thread.getByText('Bonjour, je vous appelle à 15h.').waitFor()
  expect([await fits(page), await axeViolations(page)]).toEqual([true, []])
  await shoot(page, 'fr-call-thread-opened')
  await keys.press('c')
  await thread.waitFor({ state: 'detached' })

  const handset = await signedIn('ar', 360, shop)
  const folded = handset.getByRole('button', { name: wordsOf('ar').whatsapp.onCall.title, expanded: false })
  await folded.click()
  await handset.getByRole('log').getByText('Bonjour, je vous appelle à 15h.').waitFor()
  expect([await fits(handset), await axeViolations(handset)]).toEqual([true, []])
  await shoot(handset, 'ar-call-thread-phone')
  await handset.context().close()

  // Somebody who only wrote so far calls: their number opens what they wrote.
  await write('212661000099', 'Vous livrez à Dakhla ?')
  await page.setViewportSize({ width: 1440, height: 860 })
  await page.getByRole('button', { name: calls.release }).click()
  await page.getByRole('button', { name: calls.next }).waitFor()
  const talks = async () => (await shop.get('/whatsapp/conversations')).body.items
  await eventually(talks, ({ length }) => length === 2, 'what a stranger wrote')
  await keys.press('i')
  await page.getByRole('textbox', { name: calls.incoming.label }).fill('06 61 00 00 99')
  await keys.press('Enter')
  await page.getByRole('heading', { name: calls.noOrder.title }).waitFor()
  await page.getByText('06 61 00 00 99').first().waitFor()
  await thread.getByText('Vous livrez à Dakhla ?').waitFor()
  await page.getByRole('link', { name: whatsapp.inbox.createOrder }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'fr-caller')
  await keys.press('c')
  await keys.type('Oui, en 72 h.')
  await keys.press('Enter')
  await thread.getByText('Oui, en 72 h.').waitFor()

  const caller = await signedIn('ar', 360, shop)
  await caller.getByRole('heading', { name: wordsOf('ar').calls.noOrder.title }).waitFor()
  expect([await fits(caller), await axeViolations(caller)]).toEqual([true, []])
  await shoot(caller, 'ar-caller-phone')
  expect(watched.complaints()).toEqual([])
})

it.each([
  ['fr', '9h30', '25h'],
  ['ar', '٩:٣٠', '٢٥'],
] as const)(
  'in %s the hours of calls are written as people write %s, and %s is not taken for another time',
  async (language, said, no) => {
    const { callSettings, common } = wordsOf(language)
    const shop = await signUp(stack.url, stack.sandboxUrl, `horaires-${language}`)
    const week = async () => (await shop.get('/calls/settings')).body.settings.week
    const page = await signedIn(language, 1280, shop)
    const watched = watchPage(page)
    await page.goto(`${stack.url}/settings/calls`)
    const times = (day: string) =>
      page.locator('li', { has: page.getByRole('switch', { name: day, exact: true }) }).locator('[inputmode="numeric"]')
    const from = times(callSettings.weekday.d1).first()
    const to = times(callSettings.weekday.d2).last()
    await from.fill(said)
    await to.fill('')
    await to.pressSequentially(no)
    await to.press('Enter')
    await page.getByText(common.ui.clock.unread).waitFor()
    await page.getByRole('button', { name: common.ui.save }).click()
    await page.waitForFunction((written) => (document.activeElement as HTMLInputElement).value === written, no)
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `call-hours-${language}`)
    const before = await week()
    expect(before[0][0].from).not.toBe('09:30')
    await to.fill('2000')
    await page.keyboard.press('Enter')
    await page.getByText(callSettings.saved).waitFor()
    const [monday, tuesday] = await week()
    expect([monday[0].from, tuesday[0].to, tuesday[0].from]).toEqual(['09:30', '20:00', before[1][0].from])
    await from.fill('1000')
    await to.fill(no)
    await page.getByRole('button', { name: callSettings.discard }).click()
    await eventually(
      async () => [await from.inputValue(), await to.inputValue()].join(),
      (shown) => shown === '09:30,20:00',
      'the hours as they were',
    )
    expect(watched.complaints()).toEqual([])
  },
)
