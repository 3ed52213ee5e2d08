import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type CallSeat, callSeat } from '../support/call-seat.ts'
import { heldTwice } from '../support/holds.ts'
import { goodPassword, type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { connectShopify, type Outside, outsideOf } from '../support/trade.ts'
import { demoLine } from '../support/whatsapp.ts'
import { wordsOf } from './words.ts'

/** The day of those who confirm: two agents in two browsers, whoever leads them, and one story told by every screen. */
let stack: Stack
let outside: Outside
let browsers: readonly [Browser, Browser]

beforeAll(async () => {
  stack = await startStack()
  outside = outsideOf(stack.sandboxUrl)
  browsers = await Promise.all([openBrowser(), openBrowser()])
})
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()))
  await stack.stop()
})

/** Who orders, and what each does when WhatsApp asks; who is not told here stays silent. */
const buyers = {
  yesOne: { fr: 'Salma Alami', ar: 'سلمى العلمي', answer: 'yes' },
  yesTwo: { fr: 'Hicham Bouazza', ar: 'هشام بوعزة', answer: 'yes' },
  yesThree: { fr: 'Imane Fassi', ar: 'إيمان الفاسي', answer: 'yes' },
  inWords: { fr: 'Mehdi Tazi', ar: 'مهدي التازي', answer: 'text' },
  no: { fr: 'Rachid Kabbaj', ar: 'رشيد القباج', answer: 'no' },
  silent: { fr: 'Nadia Chraibi', ar: 'نادية الشرايبي', answer: 'nothing' },
  later: { fr: 'Youssef Amrani', ar: 'يوسف العمراني', answer: 'nothing' },
  twice: { fr: 'Ghita Benjelloun', ar: 'غيثة بنجلون', answer: 'nothing' },
  blocked: { fr: 'Karim Lahlou', ar: 'كريم لحلو', answer: 'nothing' },
} as const
type Part = keyof typeof buyers
const parts = Object.keys(buyers) as Part[]

/** In the order in which they come: others stand between the two of one wish. */
const arrivals: readonly Part[] = [
  ...(['yesOne', 'twice', 'silent', 'yesTwo', 'inWords', 'later', 'no', 'blocked', 'yesThree', 'twice'] as const),
]

/** What differs between the two languages beside the app's own words. */
const saidIn = {
  fr: {
    ...{ phones: '06615400', line: '100200300400501', account: '200300400500601' },
    question: 'Salam {{1}}, vous confirmez la commande {{2}} ?',
    buttons: ['Je confirme', 'J’annule'],
    ...{ yes: 'Wakha', landmark: 'Face à la poste', callback: 'demain 15h', reason: 'Deux colis refusés' },
    agents: ['Amal Idrissi', 'Soukaina Naciri'],
  },
  ar: {
    ...{ phones: '06625400', line: '100200300400502', account: '200300400500602' },
    question: 'السلام {{1}}، هل تؤكد الطلب رقم {{2}} ؟',
    buttons: ['نعم، أؤكد', 'لا، ألغي'],
    ...{ yes: 'واخا', landmark: 'قبالة البريد', callback: 'غدا 15h', reason: 'رفض طردين' },
    agents: ['أمل الإدريسي', 'سكينة الناصري'],
  },
} as const

/** What an order and its journal call themselves, which no reader should meet. */
const code = /\b(?:order|customer|call|automation_run|conversation)\.[a-z_]+/

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const words = wordsOf(language)
  const said = saidIn[language]
  const nameOf = (part: Part): string => buyers[part][language]
  const phoneOf = (part: Part): string => `${said.phones}${10 + parts.indexOf(part)}`
  const plural = (count: number): Intl.LDMLPluralRule => new Intl.PluralRules(language).select(count)
  /** A sentence of the history, as it reads on the screen. */
  const told = (sentence: string, who: string): string => sentence.replace(/<\/?b>/g, '').replace('{{who}}', who)

  const pageIn = async (browser: Browser): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: language,
      reducedMotion: 'reduce',
    })
    // Whoever works by keys is found out by the first touch of a pointer.
    await context.addInitScript(() =>
      addEventListener('pointerdown', () => document.documentElement.setAttribute('data-pointed', ''), true),
    )
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(`${stack.url}/sign-in`)
    await page.evaluate((chosen) => localStorage.setItem('sendocki.language', chosen), language)
    return page
  }

  const lead = async (keeper: Shopkeeper): Promise<Page> => {
    const page = await pageIn(browsers[1])
    await page.reload()
    await page.locator('input[type=email]').fill(keeper.email)
    await page.locator('input[type=password]').fill(goodPassword)
    await page.locator('button[type=submit]').click()
    await page.waitForURL(/\/(today|start|orders)/)
    return page
  }

  /** Calls at any hour: the machine's clock is not the merchant's. Then a shop, a line, and a question that Meta approved. */
  const prepare = async (keeper: Shopkeeper, shop: string): Promise<void> => {
    const { settings, version } = (await keeper.get('/calls/settings')).body
    const always = { week: Array(7).fill([{ from: '00:00', to: '24:00' }]), fridayPause: null, holidays: [] }
    const ramadan = { ...settings.ramadan, periods: [] }
    const saved = await keeper.call('PUT', '/calls/settings', { version, settings: { ...settings, ...always, ramadan } })
    expect(saved.status).toBe(200)
    await connectShopify(keeper, shop)
    const { line: phoneNumberId, account: businessAccountId, question, buttons } = said
    await outside.control('whatsapp/numbers', { phoneNumberId, businessAccountId })
    for (const part of parts) {
      const { answer } = buyers[part]
      await outside.control('whatsapp/buyers', { phone: `212${phoneOf(part).slice(1)}`, answer, text: said.yes })
    }
    const number = await keeper.post('/whatsapp/numbers', { ...demoLine, phoneNumberId, businessAccountId })
    await keeper.post('/whatsapp/templates', {
      ...{ numberId: number.body.id, name: 'cod_ask', language, category: 'utility', body: question, buttons },
      variables: ['customer_name', 'order_number'],
    })
    await eventually(
      async () => (await keeper.get('/whatsapp/templates?state=approved')).body.items,
      (items) => items.length > 0,
      'the approval of the question',
    )
  }

  /** An agent comes by the link of the invitation's mail, and goes to the calls without a pointer. */
  const seat = async (owner: Page, browser: Browser, name: string): Promise<CallSeat> => {
    const email = `agent-${crypto.randomUUID().slice(0, 8)}@dar-argan.example`
    const { members, common } = words
    await owner.goto(`${stack.url}/settings/members`)
    await owner.getByRole('button', { name: members.invite }).first().click()
    const dialog = owner.getByRole('dialog')
    await dialog.locator('input[type=email]').fill(email)
    await dialog.getByRole('radio', { name: common.role.confirmation_agent, exact: true }).check()
    await dialog.locator('button[type=submit]').click()
    const { items } = await eventually(
      async () => (await fetch(`${stack.sandboxUrl}/mailbox?to=${encodeURIComponent(email)}`)).json(),
      (mails: { items: { text: string }[] }) => mails.items.length > 0,
      `the invitation of ${name}`,
    )
    const page = await pageIn(browser)
    await page.goto(`${stack.url}${/\/invitation\?token=\S+/.exec(items[0]?.text ?? '')?.[0]}`)
    await page.locator('input[autocomplete=name]:focus').waitFor()
    await page.keyboard.type(name)
    await page.keyboard.press('Tab')
    await page.keyboard.type(goodPassword)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/(today|start|orders)/)
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').locator('input:focus').waitFor()
    // By the sign that a keyboard has; the screens are named with a typographer's.
    await page.keyboard.type(common.nav.calls.replace('’', "'"))
    await page.getByRole('dialog').getByText(common.nav.calls, { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(words.calls.empty.title).waitFor()
    return callSeat(page, name)
  }

  /** Five fields on one screen, and the switch. */
  const automate = async (owner: Page, keeper: Shopkeeper): Promise<void> => {
    const { automations } = words
    const { stages } = (await keeper.get('/pipeline')).body
    const stageName = (state: string): string => stages.find((one: any) => one.state === state).name[language]
    const dialog = owner.getByRole('dialog')
    const choose = async (label: string, option: string): Promise<void> => {
      await dialog.getByRole('combobox', { name: label }).click()
      await owner.getByRole('option', { name: option, exact: true }).click()
    }
    const leads = (button: string | undefined): string => automations.form.button.replace('{{text}}', button ?? '')
    await owner.goto(`${stack.url}/automations`)
    await owner.getByRole('button', { name: automations.create }).click()
    await dialog.getByLabel(automations.form.name, { exact: true }).fill('Confirmation')
    await choose(automations.form.stage, stageName('new'))
    await choose(automations.form.template, `cod_ask · ${language}`)
    await choose(leads(said.buttons[0]), stageName('confirmed'))
    await choose(leads(said.buttons[1]), stageName('cancelled'))
    await choose(automations.form.silenceStage, stageName('to_confirm'))
    await dialog.getByRole('button', { name: automations.form.save }).click()
    await dialog.getByRole('button', { name: automations.switchOn }).click()
    await owner.getByText(automations.on, { exact: true }).waitFor()
  }

  /** Ten orders by the shop's signed webhooks; answers each order's part by its id. */
  const arrive = async (keeper: Shopkeeper, shop: string): Promise<{ id: string; part: Part }[]> => {
    for (const part of arrivals)
      await outside.control('shops/shopify/orders', {
        shop,
        order: {
          shipping_address: {
            ...{ name: nameOf(part), phone: phoneOf(part), country_code: 'MA', city: 'Casablanca' },
            address1: `${10 + parts.indexOf(part)} rue des Orangers`,
          },
          line_items: [
            ...[{ id: 1, title: 'Lampe solaire', sku: 'LAMP-N', quantity: 1, current_quantity: 1, price: '219.00' }],
          ],
          shipping_lines: [{ title: 'Livraison', price: '30.00' }],
          payment_gateway_names: ['Cash on Delivery (COD)'],
        },
      })
    const orders = await eventually(
      async () => (await keeper.get('/orders?limit=50')).body.items as { id: string; customer: { name: string } }[],
      (items) => items.length === arrivals.length,
      'ten orders',
    )
    return orders.map(({ id, customer }) => ({ id, part: parts.find((part) => nameOf(part) === customer.name) as Part }))
  }

  const countIn = async (keeper: Shopkeeper, filter: string): Promise<number> =>
    (await keeper.get(`/orders/count?exact=true&${filter}`)).body.count

  /** Which orders stand in a column of the board that is open, without loading it again. */
  const boardShows = async (board: Page, keeper: Shopkeeper, state: string, ids: readonly string[]): Promise<void> => {
    const { id } = (await keeper.get('/pipeline')).body.stages.find((stage: any) => stage.state === state)
    const column = board.locator(`[data-stage="${id}"]`)
    await column.scrollIntoViewIfNeeded()
    await eventually(
      () => column.locator('[data-order]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-order'))),
      (found) => JSON.stringify(found.toSorted()) === JSON.stringify([...ids].sort()),
      `${ids.length} orders in the column ${state}`,
    )
  }

  it('ten orders are asked, called and counted, and every screen tells the same story', {
    timeout: 240_000,
  }, async () => {
    const { calls, whatsapp, customers } = words
    const keeper = await signUp(stack.url, stack.sandboxUrl, `confirmation-${language}`)
    const shop = `confirmation-${crypto.randomUUID().slice(0, 6)}`
    await prepare(keeper, shop)
    const owner = await lead(keeper)
    await automate(owner, keeper)
    const amal = await seat(owner, browsers[0], said.agents[0])
    const soukaina = await seat(owner, browsers[1], said.agents[1])
    const board = await owner.context().newPage()
    const watched = [owner, board, amal.page, soukaina.page].map(watchPage)
    await board.goto(`${stack.url}/orders/board`)
    await board.locator('[data-stage]').first().waitFor()

    // They arrive, each is asked, and whoever presses a button has moved their order under everybody's eyes.
    const orders = await arrive(keeper, shop)
    const of = (...wanted: Part[]): string[] =>
      orders.filter(({ part }) => wanted.includes(part)).map(({ id }) => id)
    await boardShows(board, keeper, 'confirmed', of('yesOne', 'yesTwo', 'yesThree'))
    await boardShows(board, keeper, 'cancelled', of('no'))

    // Words only propose: a person reads them and decides.
    await soukaina.page.goto(`${stack.url}/conversations`)
    await soukaina.page.getByRole('button', { name: nameOf('inWords') }).click()
    await soukaina.page.getByRole('log').getByText(said.yes, { exact: true }).waitFor()
    await soukaina.page.getByRole('status').getByText(whatsapp.inbox.proposalYes).waitFor()
    expect(await countIn(keeper, 'state=confirmed')).toBe(3)
    await shoot(soukaina.page, `confirmation-words-${language}`)
    await soukaina.page.getByRole('button', { name: whatsapp.inbox.confirmOrder }).click()
    const confirmedInWriting = of('yesOne', 'yesTwo', 'yesThree', 'inWords')
    await boardShows(board, keeper, 'confirmed', confirmedInWriting)

    // Whoever leads knows one of them: the block is on the agent's screen when the call comes.
    const [blockedId] = of('blocked')
    const { customer } = (await keeper.get(`/orders/${blockedId}`)).body
    await owner.goto(`${stack.url}/customers?open=${customer.id}`)
    await owner.getByRole('button', { name: customers.block.action }).click()
    await owner.getByRole('dialog').getByLabel(customers.block.reason).fill(said.reason)
    await owner.getByRole('dialog').getByRole('button', { name: customers.block.action }).click()
    await owner.getByRole('dialog').waitFor({ state: 'detached' })

    // The floor is opened once and never again.
    await owner.goto(`${stack.url}/calls/floor`)
    const row = owner.getByRole('row').filter({ hasText: amal.name })
    await row.getByText(calls.floor.free).waitFor()
    await owner.evaluate(() => document.body.setAttribute('data-opened', 'once'))
    await soukaina.page.goto(`${stack.url}/calls`)
    await soukaina.page.getByRole('button', { name: calls.next }).waitFor()

    const keys = amal.page.keyboard
    /** City and what is told are asked, the landmark typed: then the first key opens. */
    const confirm = async (): Promise<unknown> => {
      expect(await amal.page.locator('[data-outcome="confirmed"]').getAttribute('aria-disabled')).toBe('true')
      for (const key of ['a', 'Tab']) await keys.press(key)
      await keys.type(said.landmark)
      for (const key of ['Enter', 'm', 't']) await keys.press(key)
      await amal.page.locator('[data-outcome="confirmed"]:not([aria-disabled])').waitFor()
      return amal.save('1')
    }
    const work: Partial<Record<Part, () => Promise<unknown>>> = {
      silent: () => amal.save('2', () => amal.page.locator('[data-outcome="no_answer"][aria-pressed="true"]').waitFor()),
      later: () =>
        amal.save('4', async () => {
          await amal.page.getByLabel(calls.callback.label).and(amal.page.locator(':focus')).waitFor()
          await keys.type(said.callback)
          const at = amal.page.getByRole('status').getByRole('button', { name: /15:00/ })
          await at.waitFor()
          await shoot(amal.page, `confirmation-callback-${language}`)
        }),
      twice: async () => {
        if (await amal.page.getByText(calls.queue.duplicate).first().isVisible()) {
          await keys.press('7')
          await amal.page.getByRole('dialog').locator('button[data-proposed]').waitFor()
          await shoot(amal.page, `confirmation-twice-${language}`)
          await keys.press('3')
          await amal.page.getByRole('dialog').waitFor({ state: 'detached' })
          await confirm()
          // Nobody is called twice about one parcel: the other order is talked about at once.
          expect((await amal.desk())?.name).toBe(nameOf('twice'))
        }
        return confirm()
      },
      blocked: async () => {
        await amal.page.getByText(said.reason).waitFor()
        await amal.page.getByText(calls.blocked.cod).waitFor()
        expect(await axeViolations(amal.page)).toEqual([])
        await shoot(amal.page, `confirmation-blocked-${language}`)
        await keys.press('n')
        await keys.type(said.reason)
        await keys.press('Escape')
        const before = await amal.desk()
        await keys.press('6')
        await amal.page.getByRole('menu').waitFor()
        await keys.press('9')
        await eventually(amal.desk, (now) => now?.number !== before?.number, 'the next call')
      },
    }
    /** Tries, who was reached, and confirmations by then, as the floor shows them by itself. */
    const floorShows = (attempts: number, confirmed: number) =>
      eventually(
        async () => (await row.getByRole('cell').allInnerTexts()).map((text) => text.trim()),
        (cells) => cells[1] === String(attempts) && cells[3] === String(confirmed),
        `${attempts} calls and ${confirmed} confirmations on the floor`,
      )

    // Both ask at once, again and again; the colleague lets go of whomever she is given.
    const worked: string[] = []
    for (let isQueueThere = true; isQueueThere; ) {
      const [mine, hers] = await Promise.all([amal.desk().then((desk) => desk ?? amal.ask()), soukaina.ask()])
      if (mine) {
        expect(hers?.name).not.toBe(mine.name)
        const held = soukaina.page.getByRole('navigation', { name: calls.queue.title })
        await held.getByText(calls.queue.held.replace('{{name}}', amal.name)).first().waitFor()
        await row.getByText(mine.name).waitFor()
        if (hers === null) await soukaina.page.getByText(calls.ready.held).waitFor()
        else await soukaina.letGo()
        const part = parts.find((one) => nameOf(one) === mine.name) as Part
        if (worked.length === 0) {
          expect(await axeViolations(amal.page)).toEqual([])
          await Promise.all([
            shoot(amal.page, `confirmation-call-${language}`),
            shoot(soukaina.page, `confirmation-held-${language}`),
            shoot(owner, `confirmation-floor-${language}`),
          ])
        }
        await work[part]?.()
        worked.push(part)
        const confirmed = worked.includes('twice') ? 2 : 0
        await floorShows(worked.length + confirmed / 2, confirmed)
      } else if (hers) await soukaina.letGo()
      isQueueThere = mine !== null || hers !== null
    }
    expect(worked.toSorted()).toEqual(['blocked', 'later', 'silent', 'twice'])
    for (const { page } of [amal, soukaina]) await page.getByText(calls.empty.title).waitFor()
    expect(await amal.page.locator('html').getAttribute('data-pointed')).toBeNull()
    expect(heldTwice(await amal.holds(), await soukaina.holds())).toEqual([])

    // The board, which was open all the while.
    const confirmed = [...confirmedInWriting, ...of('twice')]
    await boardShows(board, keeper, 'confirmed', confirmed)
    await boardShows(board, keeper, 'cancelled', of('no', 'blocked'))
    await boardShows(board, keeper, 'new', of('silent', 'later'))
    await shoot(board, `confirmation-board-${language}`)

    // The figures: the agent's own, the floor's, the day's, the messages'.
    const own = { attempts: 5, reached: 4, confirmed: 2 } as const
    for (const [figure, count] of Object.entries(own) as [keyof typeof own, number][]) {
      const text: Partial<Record<string, string>> = calls.today
      const shown = text[`${figure}_${plural(count)}`] ?? ''
      await amal.page.getByText(shown.replace('{{count, number}}', String(count)), { exact: true }).waitFor()
    }
    await floorShows(own.attempts, own.confirmed)
    await row.getByText(/^80/).waitFor()
    await owner.locator('dl div').filter({ hasText: calls.floor.waiting }).getByText('0', { exact: true }).waitFor()
    expect(await owner.locator('body').getAttribute('data-opened')).toBe('once')
    await shoot(owner, `confirmation-floor-end-${language}`)
    expect(await axeViolations(owner)).toEqual([])
    await owner.goto(`${stack.url}/today`)
    for (const [key, count] of Object.entries({ created: arrivals.length, confirmed: confirmed.length }))
      await eventually(
        async () => Number(((await owner.locator(`li[data-key="${key}"] a`).first().textContent()) ?? '').replace(/\D/g, '')),
        (found) => found === count,
        `the figure ${key} to be ${count}`,
      )
    for (const status of ['replied', 'delivered']) {
      await owner.goto(`${stack.url}/automation-runs?status=${status}`)
      await owner.locator('[role="grid"][aria-rowcount="6"]').waitFor()
    }

    // The history of each order says who did what, in words.
    const { event, actor, callOutcome } = words.orders
    const story: Record<Part, readonly string[]> = {
      yesOne: [told(event.automation_run.answered, actor.customer), said.buttons[0]],
      yesTwo: [told(event.order.moved, actor.customer), said.buttons[0]],
      yesThree: [told(event.automation_run.started, actor.system), said.buttons[0]],
      inWords: [told(event.order.moved, soukaina.name), told(event.automation_run.answered, actor.customer)],
      no: [told(event.order.moved, actor.customer), said.buttons[1]],
      silent: [told(event.order.called, amal.name), callOutcome.no_answer],
      later: [told(event.order.called, amal.name), callOutcome.callback, '15:00'],
      twice: [told(event.order.duplicates_together, amal.name), callOutcome.confirmed, said.landmark],
      blocked: [told(event.order.called, amal.name), callOutcome.cancelled, said.reason],
    }
    for (const { id, part } of orders) {
      await owner.goto(`${stack.url}/orders/${id}`)
      const history = owner.getByRole('main')
      for (const line of story[part]) await history.getByText(line).first().waitFor()
      expect(await history.innerText()).not.toMatch(code)
      if (part === 'twice') await shoot(owner, `confirmation-history-${language}`)
    }
    expect(watched.flatMap((page) => page.complaints())).toEqual([])
  })
})
