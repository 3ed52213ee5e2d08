import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Figures, type Floor, figures, openFloor } from '../support/call-floor.ts'
import { type CallSeat, callSeat } from '../support/call-seat.ts'
import { arrivals, type ConfirmationShop, confirmationShop, type Part } from '../support/confirmation.ts'
import { heldTwice } from '../support/holds.ts'
import { goodPassword, type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { outsideOf } from '../support/trade.ts'
import { wordsOf } from './words.ts'

/** The day of those who confirm: two agents in two browsers, whoever leads them, and one story told by every screen. */
let stack: Stack
let browsers: readonly [Browser, Browser]

beforeAll(async () => {
  stack = await startStack()
  browsers = await Promise.all([openBrowser(), openBrowser()])
})
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()))
  await stack.stop()
})

/** What each of those who are called adds to the figures. */
const worth = {
  silent: { attempts: 1, reached: 0, confirmed: 0 },
  later: { attempts: 1, reached: 1, confirmed: 0 },
  twice: { attempts: 2, reached: 2, confirmed: 2 },
  blocked: { attempts: 1, reached: 1, confirmed: 0 },
} as const

/** What the journal calls things, which no reader should meet. */
const code = /\b(?:order|customer|call|automation_run|conversation)\.[a-z_]+/

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const words = wordsOf(language)
  const { calls, customers, whatsapp } = words
  /** A word inside a sentence, kept apart from its direction as the app does in Arabic. */
  const apart = (word: string): string => (language === 'ar' ? `\u2068${word}\u2069` : word)
  const picture = (page: Page, name: string): Promise<void> => shoot(page, `confirmation-${name}-${language}`)

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
    await page.reload()
    return page
  }

  const signIn = async ({ email }: Shopkeeper): Promise<Page> => {
    const page = await pageIn(browsers[1])
    await page.locator('input[type=email]').fill(email)
    await page.locator('input[type=password]').fill(goodPassword)
    await page.locator('button[type=submit]').click()
    await page.waitForURL(/\/(today|start|orders)/)
    return page
  }

  /** An agent is invited on the screen; answers the link of the mail. */
  const invite = async (owner: Page, email: string): Promise<string> => {
    await owner.goto(`${stack.url}/settings/members`)
    await owner.getByRole('button', { name: words.members.invite }).first().click()
    const dialog = owner.getByRole('dialog')
    await dialog.locator('input[type=email]').fill(email)
    await dialog.getByRole('radio', { name: words.common.role.confirmation_agent, exact: true }).check()
    await dialog.locator('button[type=submit]').click()
    const { items } = await eventually(
      async () => (await fetch(`${stack.sandboxUrl}/mailbox?to=${encodeURIComponent(email)}`)).json(),
      (mails: { items: { text: string }[] }) => mails.items.length > 0,
      `the invitation of ${email}`,
    )
    return /\/invitation\?token=\S+/.exec(items[0]?.text ?? '')?.[0] ?? ''
  }

  /** Comes by the link and goes to the calls, all without a pointer. */
  const sitDown = async (owner: Page, browser: Browser, name: string): Promise<CallSeat> => {
    const link = await invite(owner, `agent-${crypto.randomUUID().slice(0, 8)}@dar-argan.example`)
    const page = await pageIn(browser)
    await page.goto(stack.url + link)
    await page.locator('input[autocomplete=name]:focus').waitFor()
    await page.keyboard.type(name)
    await page.keyboard.press('Tab')
    await page.keyboard.type(goodPassword)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/(today|start|orders)/)
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').locator('input:focus').waitFor()
    // With the apostrophe that a keyboard has.
    await page.keyboard.type(words.common.nav.calls.replace('’', "'"))
    await page.getByRole('dialog').getByText(words.common.nav.calls, { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(calls.empty.title).waitFor()
    return callSeat(page, name)
  }

  const stageOf = async (keeper: Shopkeeper, state: string): Promise<{ id: string; name: Record<string, string> }> =>
    (await keeper.get('/pipeline')).body.stages.find((stage: any) => stage.state === state)

  /** Five fields on one screen, and the switch. */
  const automate = async (owner: Page, keeper: Shopkeeper, { said }: ConfirmationShop): Promise<void> => {
    const { automations } = words
    const dialog = owner.getByRole('dialog')
    const choose = async (label: string, option: string): Promise<void> => {
      await dialog.getByRole('combobox', { name: label }).click()
      await owner.getByRole('option', { name: option, exact: true }).click()
    }
    const chooseStage = async (label: string, state: string): Promise<void> =>
      choose(label, (await stageOf(keeper, state)).name[language] ?? '')
    await owner.goto(`${stack.url}/automations`)
    await owner.getByRole('button', { name: automations.create }).click()
    await dialog.getByLabel(automations.form.name, { exact: true }).fill('Confirmation')
    await chooseStage(automations.form.stage, 'new')
    await choose(automations.form.template, `cod_ask · ${language}`)
    await chooseStage(automations.form.button.replace('{{text}}', apart(said.yes)), 'confirmed')
    await chooseStage(automations.form.button.replace('{{text}}', apart(said.no)), 'cancelled')
    await chooseStage(automations.form.silenceStage, 'to_confirm')
    await picture(owner, 'automation')
    await dialog.getByRole('button', { name: automations.form.save }).click()
    await dialog.getByRole('button', { name: automations.switchOn }).click()
    await owner.getByText(automations.on, { exact: true }).waitFor()
  }

  /** Which orders stand in a column of the board, which is never loaded again. */
  const boardShows = async (board: Page, keeper: Shopkeeper, state: string, ids: readonly string[]): Promise<void> => {
    const column = board.locator(`[data-stage="${(await stageOf(keeper, state)).id}"]`)
    await eventually(
      () => column.locator('[data-order]').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-order'))),
      (found) => JSON.stringify(found.toSorted()) === JSON.stringify(ids.toSorted()),
      `${ids.length} orders in the column ${state}`,
    )
  }

  /** Words only propose: a person reads them and decides. */
  const agreeInWords = async ({ page }: CallSeat, keeper: Shopkeeper, shop: ConfirmationShop): Promise<void> => {
    await page.goto(`${stack.url}/conversations`)
    await page.getByRole('button', { name: shop.nameOf('inWords') }).click()
    await page.getByRole('log').getByText(shop.said.inWords, { exact: true }).waitFor()
    await page.getByRole('status').getByText(whatsapp.inbox.proposalYes).waitFor()
    expect(await page.getByText(whatsapp.inbox.said.yes).count()).toBe(1)
    expect((await keeper.get('/orders/count?exact=true&state=confirmed')).body.count).toBe(3)
    await picture(page, 'words')
    await page.getByRole('button', { name: whatsapp.inbox.confirmOrder }).click()
    await page.getByText(whatsapp.inbox.confirmed).waitFor()
    await page.goto(`${stack.url}/calls`)
    await page.getByRole('button', { name: calls.next }).waitFor()
  }

  const block = async (owner: Page, keeper: Shopkeeper, orderId: string, reason: string): Promise<void> => {
    const { customer } = (await keeper.get(`/orders/${orderId}`)).body
    await owner.goto(`${stack.url}/customers?open=${customer.id}`)
    await owner.getByRole('button', { name: customers.block.action, exact: true }).click()
    const dialog = owner.getByRole('dialog')
    await dialog.getByLabel(customers.block.reason).fill(reason)
    await dialog.getByRole('button', { name: customers.block.action, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  /** What an agent does with each of those who stayed silent, by keys. */
  const workOf = (seat: CallSeat, { said, nameOf }: ConfirmationShop) => {
    const { page } = seat
    const keys = page.keyboard
    const press = async (...names: string[]): Promise<void> => {
      for (const name of names) await keys.press(name)
    }
    const confirm = async (): Promise<void> => {
      // Closed until the landmark is known, and the amount and the day were told.
      expect(await page.locator('[data-outcome="confirmed"]').getAttribute('aria-disabled')).toBe('true')
      await press('a', 'Tab')
      await keys.type(said.landmark)
      await press('Enter', 'm', 't')
      await page.locator('[data-outcome="confirmed"]:not([aria-disabled])').waitFor()
      await seat.end('1', 'Enter')
    }
    const silent = async (): Promise<void> => {
      await press('2')
      await page.locator('[data-outcome="no_answer"][aria-pressed="true"]').waitFor()
      await seat.end('Enter')
    }
    const later = async (): Promise<void> => {
      await press('4')
      await page.getByLabel(calls.callback.label).and(page.locator(':focus')).waitFor()
      await keys.type(said.callback)
      await page.getByRole('status').getByRole('button', { name: /15:00/ }).waitFor()
      await picture(page, 'callback')
      await seat.end('Enter')
    }
    const twice = async (): Promise<void> => {
      await press('7')
      await page.getByRole('dialog').locator('button[data-proposed]').waitFor()
      await picture(page, 'twice')
      await press('3')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await confirm()
      // The other order of the parcel is talked about before they hang up.
      expect((await seat.desk())?.name).toBe(nameOf('twice'))
      await confirm()
    }
    const blocked = async (): Promise<void> => {
      await page.getByText(said.reason).waitFor()
      await page.getByText(calls.blocked.cod).waitFor()
      expect(await axeViolations(page)).toEqual([])
      await picture(page, 'blocked')
      await press('n')
      await keys.type(said.reason)
      await press('Escape', '6')
      await page.getByRole('menu').waitFor()
      await seat.end('9')
    }
    return { silent, later, twice, blocked } as const
  }

  /** What another holds says so, and stays theirs when it is asked for by itself; what one has oneself is kept. */
  const refused = async (hers: CallSeat, mine: CallSeat): Promise<void> => {
    const before = await hers.desk()
    const held = calls.queue.held.replace('{{name}}', apart(mine.name))
    const task = hers.page.getByRole('navigation').getByRole('button').filter({ hasText: held }).first()
    await task.press('Enter')
    await task.blur()
    await hers.page
      .getByText(words.errors['call.customer_held'].replace('{{holder.name}}', apart(mine.name)))
      .first()
      .waitFor()
    expect(await hers.desk()).toEqual(before)
  }

  /** Whoever leads sees on the card who is on the line and asks; the agent answers by keys, and goes on. */
  const asked = async (board: Page, { page, name }: CallSeat, number: number): Promise<void> => {
    const { holder } = words.orders
    const named = (sentence: string): string => sentence.replace('{{name}}', apart(name))
    const card = board.locator('article').filter({ hasText: `#${number}` })
    await card.getByRole('img', { name: named(holder.theirs), exact: true }).waitFor()
    await card.locator('[data-order]').click()
    await board.getByRole('button', { name: holder.ask, exact: true }).click()
    await board.getByText(holder.asked).waitFor()
    const keep = page.getByRole('button', { name: calls.ask.keep, exact: true })
    await keep.waitFor()
    await Promise.all([picture(board, 'ask'), picture(page, 'asked')])
    expect([await axeViolations(page), await axeViolations(board)]).toEqual([[], []])
    await keep.press('Enter')
    await board.getByText(named(holder.kept)).waitFor()
    await keep.waitFor({ state: 'detached' })
    await board.keyboard.press('Escape')
  }

  /** Both ask at once, again and again, to the end; the colleague lets go of whomever she is given. */
  const workThrough = async (
    [mine, hers]: readonly [CallSeat, CallSeat],
    { floor, board }: { readonly floor: Floor; readonly board: Page },
    shop: ConfirmationShop,
  ): Promise<void> => {
    const work = workOf(mine, shop)
    const done: Part[] = []
    const sum: Figures = { attempts: 0, reached: 0, confirmed: 0 }
    for (;;) {
      const [desk, other] = await Promise.all([mine.desk().then((now) => now ?? mine.ask()), hers.ask()])
      if (desk) {
        expect(other?.name).not.toBe(desk.name)
        await floor.holds(desk.name)
        await refused(hers, mine)
      }
      if (desk && done.length === 0) {
        await Promise.all([picture(mine.page, 'call'), picture(hers.page, 'held'), picture(floor.page, 'floor')])
        expect(await axeViolations(mine.page)).toEqual([])
        await asked(board, mine, desk.number)
      }
      if (other) await hers.letGo()
      else if (desk) await hers.page.getByText(calls.ready.held).waitFor()
      if (!desk && !other) break
      if (!desk) continue
      const part = shop.partOf(desk.name) as keyof typeof work
      await work[part]()
      done.push(part)
      for (const figure of figures) sum[figure] += worth[part][figure]
      await floor.counts(sum)
    }
    expect(done.toSorted()).toEqual(['blocked', 'later', 'silent', 'twice'])
    for (const { page } of [mine, hers]) await page.getByText(calls.empty.title).waitFor()
    expect(await mine.page.locator('html').getAttribute('data-pointed')).toBeNull()
    expect(heldTwice(await mine.holds(), await hers.holds())).toEqual([])
  }

  /** The agent's own figures, the floor's, the day's and the messages'. */
  const figuresAgree = async ({ page }: CallSeat, floor: Floor): Promise<void> => {
    const today: Readonly<Record<string, string>> = calls.today
    const own = { attempts: 5, reached: 4, confirmed: 2 }
    for (const [figure, count] of Object.entries(own)) {
      const text = today[`${figure}_${new Intl.PluralRules(language).select(count)}`] ?? ''
      await page.getByText(text.replace('{{count, number}}', apart(String(count))), { exact: true }).waitFor()
    }
    const { page: owner } = floor
    await floor.counts(own)
    await owner.locator('dl div').filter({ hasText: calls.floor.waiting }).getByText('0', { exact: true }).waitFor()
    expect(await owner.locator('body').getAttribute('data-opened')).toBe('once')
    expect(await axeViolations(owner)).toEqual([])
    await picture(owner, 'floor-end')
    await owner.goto(`${stack.url}/today`)
    for (const [key, count] of Object.entries({ created: arrivals.length, confirmed: 6 })) {
      const figure = owner.locator(`li[data-key="${key}"] a`).first()
      await eventually(
        async () => Number(((await figure.textContent()) ?? '').replace(/\D/g, '')),
        (found) => found === count,
        `the figure ${key} to be ${count}`,
      )
    }
    for (const status of ['replied', 'delivered']) {
      await owner.goto(`${stack.url}/automation-runs?status=${status}`)
      // Five, and the line of headings.
      await owner.locator('[role="grid"][aria-rowcount="6"]').waitFor()
    }
  }

  /** The history of each order says who did what, in words. */
  const historiesAgree = async (
    owner: Page,
    of: (part: Part) => readonly string[],
    { said }: ConfirmationShop,
  ): Promise<void> => {
    const { event, actor, callOutcome } = words.orders
    const told = (sentence: string, who: string): string =>
      sentence.replace(/<\/?b>/g, '').replace('{{who}}', apart(who))
    const [amal, soukaina] = said.agents
    const story: Record<Part, readonly string[]> = {
      yesOne: [told(event.automation_run.answered, actor.customer), said.yes],
      yesTwo: [told(event.order.moved, actor.customer), said.yes],
      yesThree: [told(event.automation_run.started, actor.system), said.yes],
      inWords: [told(event.automation_run.answered, actor.customer), told(event.order.moved, soukaina)],
      no: [told(event.order.moved, actor.customer), said.no],
      silent: [told(event.order.called, amal), callOutcome.no_answer],
      later: [told(event.order.called, amal), callOutcome.callback, '15:00'],
      twice: [told(event.order.duplicates_together, amal), callOutcome.confirmed, said.landmark],
      blocked: [told(event.order.called, amal), callOutcome.cancelled, said.reason],
    }
    for (const part of Object.keys(story) as Part[])
      for (const id of of(part)) {
        await owner.goto(`${stack.url}/orders/${id}`)
        const page = owner.getByRole('main')
        for (const line of story[part]) await page.getByText(line).first().waitFor()
        expect(await page.innerText()).not.toMatch(code)
        await picture(owner, `history-${part}`)
      }
  }

  it('ten orders are asked, called and counted, and every screen tells the same story', {
    timeout: 240_000,
  }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, `confirmation-${language}`)
    const shop = confirmationShop(outsideOf(stack.sandboxUrl), keeper, language)
    await shop.open()
    const owner = await signIn(keeper)
    await automate(owner, keeper, shop)
    const amal = await sitDown(owner, browsers[0], shop.said.agents[0])
    const soukaina = await sitDown(owner, browsers[1], shop.said.agents[1])
    const board = await owner.context().newPage()
    // Big enough for every column and card: what is out of view is not in the page.
    await board.setViewportSize({ width: 3200, height: 1500 })
    const watched = [owner, board, amal.page, soukaina.page].map(watchPage)
    await board.goto(`${stack.url}/orders/board`)
    await board.getByRole('heading', { name: words.orders.title }).waitFor()

    const of = await shop.arrive()
    await boardShows(board, keeper, 'confirmed', of('yesOne', 'yesTwo', 'yesThree'))
    await boardShows(board, keeper, 'cancelled', of('no'))
    // Another tab of the browser reads the stream, and this one knows that it does.
    expect(await board.getByText(words.common.shell.reconnecting).count()).toBe(0)
    await agreeInWords(soukaina, keeper, shop)
    await boardShows(board, keeper, 'confirmed', of('yesOne', 'yesTwo', 'yesThree', 'inWords'))

    await block(owner, keeper, of('blocked')[0] ?? '', shop.said.reason)
    const floor = await openFloor(owner, stack.url, amal.name)
    await workThrough([amal, soukaina], { floor, board }, shop)

    await boardShows(board, keeper, 'confirmed', of('yesOne', 'yesTwo', 'yesThree', 'inWords', 'twice'))
    await boardShows(board, keeper, 'cancelled', of('no', 'blocked'))
    await boardShows(board, keeper, 'new', of('silent', 'later'))
    await picture(board, 'board')
    await figuresAgree(amal, floor)
    await historiesAgree(owner, of, shop)
    expect(watched.flatMap((page) => page.complaints())).toEqual([])
  })
})
