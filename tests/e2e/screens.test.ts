import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, resize, shoot, watchPage } from '../support/browser.ts'
import { makeSmallDemo } from '../support/demo.ts'
import { codeFor, goodPassword } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { overlaysOf } from './overlays.ts'
import { wordsOf } from './words.ts'

const desk = { width: 1440, height: 900 }
const phone = { width: 360, height: 740 }
type Words = ReturnType<typeof wordsOf>

let stack: Stack
let browser: Browser
/** Signed in once, as the owner of the demo. */
let page: Page
/** The newest order of the demo. */
let newest: { readonly id: string; readonly number: string }
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
  const card = page.locator('[data-order]').first()
  newest = {
    id: (await card.getAttribute('data-order')) ?? '',
    number: /#(\d+)/.exec((await card.textContent()) ?? '')?.[1] ?? '',
  }
  // By its address: the types of the list would bring the whole app into the tests' own.
  const { screens } = (await import(new URL('../../apps/web/src/app/screens.ts', import.meta.url).href)) as {
    screens: readonly { readonly path: string }[]
  }
  paths = screens.map(({ path }) => path.replace(':id', newest.id))
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
const fresh = async (left: Page): Promise<Page> => {
  const next = await left.context().newPage()
  await left.close()
  return next
}
const inFreshTab = async (): Promise<void> => {
  page = await fresh(page)
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
  await resize(on, phone)
  await settled(on)
  const beside = await on.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, main > *, [role="dialog"]')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .filter((element) => getComputedStyle(element).overflowX !== 'auto')
      .map(({ tagName, className }) => `sideways: ${tagName}.${String(className)}`),
  )
  const faults = await axeViolations(on)
  await shoot(on, `${name}-phone`)
  await resize(on, desk)
  return [...beside, ...faults].map((fault) => `${name} phone ${fault}`)
}

const nameOf = (path: string): string =>
  path
    .replace(newest.id, 'order')
    .replace(/[^a-z-]+/g, ' ')
    .trim()
    .replaceAll(' ', '-')

/** The address in the mail that an invited person gets, without its host. */
const invitedTo = async (language: string, { members }: Words): Promise<string> => {
  const email = `hicham-${language}@dar-argan.example`
  await inFreshTab()
  await page.goto(`${stack.url}/settings/members`)
  await speak(page, language)
  await page.reload()
  await page.getByRole('button', { name: members.invite }).first().click()
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
    for (const [index, { name, path, open }] of overlaysOf(newest).entries()) {
      if (index % perTab === 0) await inFreshTab()
      await page.goto(stack.url + path)
      await settled(page)
      await open(page, words)
      await settled(page)
      faults.push(...(await seen(page, `${language}-${name}`, beside)))
    }
    expect(faults).toEqual([])
  })

  it('on the pages of people who are not signed in', async () => {
    let visitor = await newPage()
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
    visitor = await fresh(visitor)
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
