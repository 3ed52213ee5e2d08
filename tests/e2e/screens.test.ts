import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { makeSmallDemo } from '../support/demo.ts'
import { codeFor, goodPassword } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { wordsOf } from './words.ts'

const desk = { width: 1440, height: 900 }
const phone = { width: 360, height: 740 }
type Words = ReturnType<typeof wordsOf>

let stack: Stack
let browser: Browser
/** Signed in once, as the owner of the demo. */
let page: Page
let orderId: string
let orderNumber: string
/** Addresses of every screen behind the sign-in, from the list that router and navigation read. */
let paths: readonly string[]

beforeAll(async () => {
  stack = await startStack()
  await makeSmallDemo(stack)
  browser = await openBrowser()
  page = await newPage()
  await page.goto(`${stack.url}/sign-in`)
  await page.getByRole('button', { name: wordsOf('fr').auth.exploreDemo }).click()
  await page.waitForURL(/\/today/)
  await page.goto(`${stack.url}/orders/board`)
  const newest = page.locator('[data-order]').first()
  orderId = (await newest.getAttribute('data-order')) ?? ''
  orderNumber = /#(\d+)/.exec((await newest.textContent()) ?? '')?.[1] ?? ''
  // By its address: the types of the list would bring the whole app into the tests' own.
  const { screens } = (await import(new URL('../../apps/web/src/app/screens.ts', import.meta.url).href)) as {
    screens: readonly { readonly path: string }[]
  }
  paths = screens.map(({ path }) => path.replace(':id', orderId))
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

const newPage = async (): Promise<Page> => {
  // What fades in is half transparent for a moment, and would be read as too pale.
  const context = await browser.newContext({ viewport: desk, colorScheme: 'light', reducedMotion: 'reduce' })
  context.setDefaultTimeout(30_000)
  return context.newPage()
}

/** How many screens one tab is led through. */
const perTab = 10
/** A tab keeps what it left until it finds time to clear up: after a hundred screens it has gigabytes, and stands still. */
const inFreshTab = async (): Promise<void> => {
  const left = page
  page = await left.context().newPage()
  await left.close()
}

const speak = (on: Page, language: string): Promise<void> =>
  on.evaluate((chosen) => localStorage.setItem('sendocki.language', chosen), language)

/** Nothing is on its way any more: title and rows are there, and the letters are drawn. */
const settled = async (on: Page): Promise<void> => {
  await on
    .locator('h1')
    .first()
    .waitFor()
    .catch(async (error: unknown) => {
      const shown = (await on.locator('body').innerText()).slice(0, 300)
      throw new Error(`${on.url()} has no title, and shows: ${shown || 'nothing'}`, { cause: error })
    })
  await on.waitForFunction(() => !document.querySelector('[role="status"][aria-label], [data-loading]'))
  await on.evaluate(async () => {
    await document.fonts.ready
  })
}

/** A menu or a list that is open lies beside the page's landmarks, by its nature. */
const beside = ['region']

/** What axe says about the page in both schemes. They differ in colours only, so the second look is at those. */
const seen = async (on: Page, name: string, without: readonly string[] = []): Promise<string[]> => {
  const light = await axeViolations(on, { without })
  await shoot(on, name)
  await on.emulateMedia({ colorScheme: 'dark' })
  await on.waitForFunction(() => document.documentElement.dataset['mantineColorScheme'] === 'dark')
  const dark = await axeViolations(on, { only: ['color-contrast'] })
  await shoot(on, `${name}-dark`)
  await on.emulateMedia({ colorScheme: 'light' })
  await on.waitForFunction(() => document.documentElement.dataset['mantineColorScheme'] === 'light')
  return [...light, ...dark.map((fault) => `dark ${fault}`)].map((fault) => `${name} ${fault}`)
}

/** The same on a phone, where in addition nothing may lie beside the screen. Boards and tables scroll inside. */
const seenOnPhone = async (on: Page, name: string): Promise<string[]> => {
  await on.setViewportSize(phone)
  await settled(on)
  const beside = await on.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main > *, [role="dialog"]')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .filter((element) => getComputedStyle(element).overflowX !== 'auto')
      .map(({ tagName, className }) => `sideways: ${tagName}.${String(className)}`),
  )
  const faults = await axeViolations(on)
  await shoot(on, `${name}-phone`)
  await on.setViewportSize(desk)
  return [...beside, ...faults].map((fault) => `${name} phone ${fault}`)
}

const nameOf = (path: string): string =>
  path
    .replace(orderId, 'order')
    .replace(/[^a-z-]+/g, ' ')
    .trim()
    .replaceAll(' ', '-')

/** The address in the mail that an invited person gets, without its host. */
const invitedTo = async (language: string, { members }: Words): Promise<string> => {
  const email = `hicham-${language}@dar-argan.example`
  await page.goto(`${stack.url}/settings/members`)
  await press(members.invite)
  await page.getByRole('dialog').locator('input[type=email]').fill(email)
  await page.getByRole('dialog').getByRole('radio').first().check()
  await page.getByRole('dialog').locator('button[type=submit]').click()
  const mails = await eventually(
    async () => (await fetch(`${stack.sandboxUrl}/mailbox?to=${encodeURIComponent(email)}`)).json(),
    ({ items }) => items.length > 0,
    `the invitation of ${email}`,
  )
  return /\/invitation\?token=\S+/.exec(mails.items[0].text)?.[0] ?? ''
}

/** Parts that open over a screen: where, and what a person does. */
interface Overlay {
  readonly name: string
  readonly path: string
  readonly open: (words: Words) => Promise<void>
}

const press = async (name: string): Promise<void> => {
  await page.getByRole('button', { name }).first().click()
}
const firstRow = () => page.getByRole('grid').first().getByRole('row').nth(1)
const firstCard = () => page.locator('[data-order]').first()

const overlays = (): readonly Overlay[] => [
  {
    name: 'palette',
    path: '/orders/board',
    open: async () => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').locator('input').fill(orderNumber)
      await page.locator('mark').first().waitFor()
    },
  },
  { name: 'keys', path: '/orders/board', open: () => page.keyboard.press('?') },
  {
    name: 'notices',
    path: '/orders/board',
    open: ({ common }) => press(common.notices.title),
  },
  {
    name: 'user-menu',
    path: '/orders/board',
    open: ({ common }) => press(common.role.owner),
  },
  {
    name: 'move-menu',
    path: '/orders/board',
    open: async () => {
      await firstCard().focus()
      await page.keyboard.press('m')
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'lifted',
    path: '/orders/board',
    open: async () => {
      await firstCard().focus()
      await page.keyboard.press('Space')
      await page.locator('[data-drop="closed"]').first().waitFor()
    },
  },
  { name: 'board-panel', path: '/orders/board', open: () => firstCard().click() },
  { name: 'display', path: '/orders/board', open: ({ orders }) => press(orders.display.title) },
  {
    name: 'city-filter',
    path: '/orders/board',
    open: ({ orders }) => press(orders.filter.city),
  },
  { name: 'board-none', path: '/orders/board?q=zzzzzz', open: async () => undefined },
  {
    name: 'table-panel',
    path: '/orders/table',
    open: async () => {
      await firstRow().focus()
      await page.keyboard.press('Space')
    },
  },
  {
    name: 'table-bulk',
    path: '/orders/table',
    open: async () => {
      await firstRow().focus()
      await page.keyboard.press('x')
      await page.getByRole('toolbar').waitFor()
    },
  },
  { name: 'columns', path: '/orders/table', open: ({ common }) => press(common.views.columns) },
  { name: 'add-filter', path: '/orders/table', open: () => page.keyboard.press('f') },
  {
    name: 'order-edit',
    path: `/orders/${orderId}`,
    open: async ({ orders }) => {
      await press(orders.edit.action)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  { name: 'order-more', path: `/orders/${orderId}`, open: ({ orders }) => press(orders.panel.more) },
  {
    name: 'new-order-errors',
    path: '/orders/new',
    open: async ({ orders }) => {
      await page.getByLabel(orders.form.phone).first().fill('06 12')
      await press(orders.create.submit)
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  { name: 'customer-panel', path: '/customers', open: () => firstRow().click() },
  {
    name: 'customer-edit',
    path: '/customers',
    open: async ({ customers }) => {
      await firstRow().click()
      await press(customers.edit)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  {
    name: 'customer-block',
    path: '/customers',
    open: async ({ customers }) => {
      await firstRow().click()
      await press(customers.block.action)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  {
    name: 'segment-edit',
    path: '/segments',
    open: async ({ segments }) => {
      await press(segments.create)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  {
    name: 'automation-rate',
    path: '/automation-costs',
    open: async ({ automations }) => {
      await press(automations.cost.addRate)
      await page.getByText(automations.cost.unsaved).waitFor()
    },
  },
  { name: 'parcels-to-ship', path: '/parcels?view=to_ship', open: async () => undefined },
  { name: 'parcel-panel', path: '/parcels', open: () => firstRow().click() },
  {
    name: 'mark-collected',
    path: '/collection',
    open: async () => {
      await firstRow().focus()
      await page.keyboard.press('x')
      await page.keyboard.press('e')
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'collected', path: '/collection?status=collected', open: async () => undefined },
  { name: 'invite', path: '/settings/members', open: ({ members }) => press(members.invite) },
  { name: 'create-key', path: '/settings/api-keys', open: ({ apiKeys }) => press(apiKeys.create) },
  { name: 'connect-store', path: '/settings/stores', open: ({ stores }) => press(stores.connect) },
  {
    name: 'connect-shopify',
    path: '/settings/stores',
    open: async ({ stores }) => {
      await press(stores.connect)
      await press(stores.way.shopify.title)
      await press(stores.goTo.shopify)
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  {
    name: 'connect-carrier',
    path: '/settings/carriers',
    open: async ({ carriers }) => {
      await press(carriers.connect)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  { name: 'carrier-cities', path: '/settings/carriers', open: ({ carriers }) => press(carriers.action.cities) },
  {
    name: 'carrier-fee-ahead',
    path: '/settings/carriers',
    open: async ({ carriers }) => {
      const manual = page.getByRole('article', { name: 'Chellah Messagerie' })
      await manual.getByRole('button', { name: carriers.action.fees }).click()
      await press(carriers.fees.aheadFor.split('{{')[0] ?? '')
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  {
    name: 'call-script',
    path: '/settings/calls?view=scripts',
    open: async ({ callSettings }) => {
      await press(callSettings.scripts.add)
      await page.getByRole('dialog').locator('textarea').first().waitFor()
    },
  },
  {
    name: 'call-back-tried',
    path: '/settings/calls',
    open: async ({ callSettings }) => {
      await page.getByLabel(callSettings.try.label).fill('ghedda f lil')
      await page.getByText(callSettings.try.understood.split('{{')[0] ?? '').waitFor()
    },
  },
  {
    name: 'telephone-exchange',
    path: '/settings/calls?view=pbx',
    open: async ({ callSettings }) => {
      const connect = page.getByRole('button', { name: callSettings.pbx.connect })
      const renew = page.getByRole('button', { name: callSettings.pbx.renew })
      await connect.or(renew).first().waitFor()
      if (await connect.isVisible()) await connect.click()
      await renew.waitFor()
    },
  },
  { name: 'audit-panel', path: '/settings/audit', open: () => firstRow().click() },
  { name: 'dead-letter-panel', path: '/settings/dead-letters', open: () => firstRow().click() },
  { name: 'not-found', path: '/no/such/page', open: async () => undefined },
]

describe.each(['fr', 'ar'] as const)('In %s, light and dark, axe finds nothing', (language) => {
  const words = wordsOf(language)

  it('on any screen, and nothing lies beside a screen of 360 pixels', async () => {
    await speak(page, language)
    const faults: string[] = []
    for (const [index, path] of paths.entries()) {
      if (index % perTab === 0) await inFreshTab()
      const watched = watchPage(page)
      await page.goto(stack.url + path)
      await settled(page)
      const name = `${language}-${nameOf(path)}`
      faults.push(...(await seen(page, name)), ...(await seenOnPhone(page, name)), ...watched.complaints())
    }
    expect(faults).toEqual([])
  })

  it.runIf(language === 'ar')('names the cities of its lists in Arabic', async () => {
    await speak(page, language)
    for (const path of ['/orders/table', '/parcels', '/collection']) {
      await page.goto(stack.url + path)
      const cities = page.getByRole('gridcell').filter({ hasText: /^(الدار البيضاء|الرباط|مراكش|فاس|طنجة)/ })
      await cities.first().waitFor()
      expect(await page.getByRole('grid').textContent()).not.toMatch(/Casablanca|Rabat|Marrakech|Fès|Tanger/)
    }
  })

  it('in what opens over a screen', async () => {
    await speak(page, language)
    const faults: string[] = []
    for (const [index, { name, path, open }] of overlays().entries()) {
      if (index % perTab === 0) await inFreshTab()
      await page.goto(stack.url + path)
      await settled(page)
      await open(words)
      await settled(page)
      faults.push(...(await seen(page, `${language}-${name}`, beside)))
    }
    expect(faults).toEqual([])
  })

  it('on the pages of people who are not signed in', async () => {
    const visitor = await newPage()
    await visitor.goto(`${stack.url}/sign-in`)
    await speak(visitor, language)
    const faults: string[] = []
    const look = async (name: string): Promise<void> => {
      await settled(visitor)
      faults.push(
        ...(await seen(visitor, `${language}-${name}`)),
        ...(await seenOnPhone(visitor, `${language}-${name}`)),
      )
    }
    for (const name of ['sign-in', 'sign-up', 'forgot-password', 'reset-password?token=x', 'invitation?token=x']) {
      await visitor.goto(`${stack.url}/${name}`)
      await look(name.replace(/\?.*/, ''))
    }
    // An invitation that holds, and the code that a sign-up waits for.
    await visitor.goto(`${stack.url}${await invitedTo(language, words)}`)
    await visitor.locator('input[type=password]').waitFor()
    await look('invitation-open')
    await visitor.goto(`${stack.url}/sign-up`)
    await visitor.locator('input[autocomplete=name]').fill('Salma Berrada')
    await visitor.locator('input[autocomplete=organization]').fill('Dar Argan')
    await visitor.locator('input[type=email]').fill(`salma-${language}@dar-argan.example`)
    await visitor.locator('input[type=password]').fill(goodPassword)
    await visitor.locator('button[type=submit]').click()
    await visitor.locator('input[autocomplete=one-time-code]').first().waitFor()
    await look('sign-up-code')
    await codeFor(stack.sandboxUrl, `salma-${language}@dar-argan.example`)
    await visitor.context().close()
    expect(faults).toEqual([])
  })
})
