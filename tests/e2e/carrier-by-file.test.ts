import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { goodPassword, type Shopkeeper, signUp } from '../support/shopkeeper.ts'
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

const open = (keeper: Pick<Shopkeeper, 'email'>, language: 'fr' | 'ar', width: number): Promise<Page> =>
  signedIn(browser, stack, keeper, { language, viewport: { width, height: 900 } })

/** The one button that does what the file says, with the number of rows on it. */
const runButton = (page: Page, verb: string) => page.locator('button').filter({ hasText: `${verb} ·` })

let made = 0
const confirmedOrders = async (keeper: Shopkeeper, count: number): Promise<any[]> => {
  const stage = (await keeper.get('/pipeline')).body.stages.find(({ state }: any) => state === 'confirmed')
  const orders = []
  for (let index = 0; index < count; index += 1) {
    made += 1
    const { status, body } = await keeper.post('/orders', {
      customer: {
        name: index % 2 === 0 ? `Nadia Tahiri ${made}` : `سعاد الناصري ${made}`,
        phone: `06${12_000_000 + made}`,
      },
      shippingAddress: { line: `Rue Abou Ishak, imm. ${made}, apt 6`, city: 'Rabat', landmark: 'Face à l’école' },
      lines: [{ name: 'Lampe solaire', quantity: 2, unitPriceCentimes: 12_450 }],
      stageId: stage.id,
    })
    if (status !== 201) throw new Error(JSON.stringify(body))
    orders.push(body)
  }
  return orders
}

const parcelsOf = async (keeper: Shopkeeper): Promise<any[]> => (await keeper.get('/parcels?limit=200')).body.items

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const words = wordsOf(language)
  const files = words.carrierFiles

  it('a carrier without API ships, answers and pays by file', { timeout: 240_000 }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, 'atlas')
    const page = await open(keeper, language, 1280)
    const watched = watchPage(page)

    // A carrier is a name; its cities and fees are pasted.
    await page.goto(`${stack.url}/settings/carriers`)
    await page.getByRole('button', { name: words.carriers.connect }).first().click()
    await page.getByLabel(words.carriers.form.carrier, { exact: true }).first().click()
    await page.getByRole('option', { name: words.carriers.form.carriers.manual }).click()
    await page.getByLabel(words.carriers.form.name).fill('Atlas Colis')
    await page.getByRole('dialog').getByRole('button', { name: words.carriers.form.connect, exact: true }).click()
    await page.getByRole('article', { name: 'Atlas Colis' }).waitFor()
    await shoot(page, `carrier-manual-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('link', { name: words.carriers.manual.load }).click()
    await page.getByLabel(files.paste).fill('Ville\tLivraison\tRefus\nRabat\t35\t10\nVille inconnue\t40\t10')
    await page.getByRole('button', { name: files.read, exact: true }).click()
    await runButton(page, files.run.apply).click()
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: files.run.apply, exact: true }).click()
    await page.getByText(files.run.done).waitFor()

    // Orders leave with it, and the portal gets its file.
    const account = (await keeper.get('/carrier-accounts')).body.items[0]
    const orders = await confirmedOrders(keeper, 4)
    await keeper.post('/parcels', { orderIds: orders.map(({ id }) => id), carrierAccountId: account.id })
    await page.goto(`${stack.url}/parcels`)
    await page.getByRole('checkbox').first().click()
    await shoot(page, `parcels-manual-${language}`)
    await page.getByRole('button', { name: words.parcels.sheet.file }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: words.parcels.sheet.csv }).click(),
    ])
    const sheet = await readFile(await download.path(), 'utf8')
    const references = (await parcelsOf(keeper)).map(({ reference }) => reference)
    expect(references.filter((reference) => !sheet.includes(reference))).toEqual([])
    expect(sheet.startsWith('\ufeff')).toBe(true)

    // By hand, a time that is none, or that has no day, is not said as now.
    await page.getByRole('button', { name: words.parcels.hand.status }).click()
    const said = page.getByRole('dialog')
    await said.getByLabel(words.parcels.hand.choose).first().click()
    await page.getByRole('option').first().click()
    const clock = said.getByLabel(words.parcels.hand.clock, { exact: true })
    const focusOn = (label: string) =>
      said
        .locator('input:focus')
        .and(said.getByLabel(label, { exact: true }))
        .waitFor()
    await clock.fill('25h')
    await said.getByRole('button', { name: words.parcels.hand.save }).click()
    await focusOn(words.parcels.hand.clock)
    await clock.fill('9h30')
    await said.getByRole('button', { name: words.parcels.hand.save }).click()
    await focusOn(words.parcels.hand.at)
    expect((await parcelsOf(keeper)).map(({ status }) => status)).toEqual(Array(4).fill('created'))
    await page.keyboard.press('Escape')
    await said.waitFor({ state: 'detached' })

    // The carrier's own file comes back: with its numbers, its words, and rows that are not ours.
    const [first, second, third] = references
    await page.getByRole('link', { name: words.parcels.sheet.load }).click()
    const answer = [
      'Code;Référence;Statut',
      `AC-1;${first};Livré`,
      `AC-2;${second};Livrée`,
      `AC-3;${third};Chez le voisin`,
      'AC-999;9-nobody;Livré',
      `AC-1;${first};Livré`,
    ].join('\r\n')
    await page.locator('input[type=file]').setInputFiles({
      name: 'suivi-atlas.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(answer, 'latin1'),
    })
    // What "Livré" probably means is proposed; it counts once somebody has said so.
    await page.getByRole('button', { name: files.words.apply }).click()
    await page.getByRole('button', { name: files.words.apply }).waitFor({ state: 'detached' })
    await shoot(page, `carrier-file-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await runButton(page, files.run.apply).click()
    await page.getByText(files.run.done).waitFor()
    const byReference = new Map((await parcelsOf(keeper)).map((parcel) => [parcel.reference, parcel]))
    expect([first, second, third].map((reference) => byReference.get(reference).status)).toEqual([
      'delivered',
      'delivered',
      'unknown',
    ])
    expect(byReference.get(first).trackingNumber).toBe('AC-1')

    // The payout is pasted: gross, fees, net, unknown numbers; marked once, and taken back.
    await page.goto(`${stack.url}/carrier-files?kind=payout`)
    await page.getByLabel(files.paste).fill('AC-1\nAC-2\nAC-777')
    await page.getByRole('button', { name: files.read, exact: true }).click()
    await runButton(page, files.run.mark).click()
    await shoot(page, `payout-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: files.run.mark }).click()
    await page.getByText(files.run.done).waitFor()
    const cashOf = async () => (await keeper.get(`/orders/${byReference.get(first).orderId}`)).body.cash.status
    expect(await cashOf()).toBe('collected')
    await page.getByRole('button', { name: files.run.undo }).click()
    await page.getByText(files.run.undone).waitFor()
    expect(await cashOf()).toBe('due')
    expect(watched.complaints()).toEqual([])
  })

  it('a driver has the day on a phone of 360 pixels', { timeout: 240_000 }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, 'flotte')
    const driver = await inviteDriver(keeper)
    const members = (await keeper.get('/members')).body.items
    const { id: driverMemberId } = members.find(({ email }: any) => email === driver.email)
    const { body: account } = await keeper.post('/carrier-accounts', {
      carrier: 'manual',
      name: 'Notre flotte',
      driverMemberId,
    })
    const orders = await confirmedOrders(keeper, 4)
    await keeper.post('/parcels', { orderIds: orders.map(({ id }) => id), carrierAccountId: account.id })

    const page = await open(driver, language, 360)
    const watched = watchPage(page)
    await page.goto(`${stack.url}/deliveries`)
    const next = page.getByRole('article', { name: words.deliveries.next })
    await next.waitFor()
    await shoot(page, `deliveries-${language}`)
    expect(await axeViolations(page)).toEqual([])
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(await sideways()).toBe(0)
    expect(await next.getByRole('link', { name: words.deliveries.call }).getAttribute('href')).toMatch(/^tel:\+212/)
    // Every target is made for a thumb.
    for (const target of await next.getByRole('button').all())
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)

    await next.getByRole('button', { name: words.deliveries.delivered }).click()
    await shoot(page, `deliveries-amount-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('button', { name: words.deliveries.deliver.confirm }).click()
    const stateOf = (id: string, wanted: string) =>
      eventually(
        async () => (await keeper.get(`/orders/${id}`)).body.state,
        (state) => state === wanted,
        `the order ${wanted}`,
      )
    await stateOf(orders[0].id, 'delivered')

    const failNext = async () => {
      await next.getByRole('button', { name: words.deliveries.failed }).click()
      await page.getByRole('radio', { name: words.deliveries.fail.reason.refused }).click()
      await page.getByRole('button', { name: words.deliveries.fail.confirm }).click()
    }
    // In a cellar without network the day goes on; what was said is kept, arrives once, and counts once.
    const shows = ({ number }: { number: number }) => next.getByText(`#${number}`, { exact: true }).waitFor()
    await shows(orders[1])
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
    await page.context().setOffline(true)
    await failNext()
    await page.getByText(words.deliveries.waiting.hint).waitFor()
    await page.getByRole('heading', { name: words.deliveries.waiting.title }).waitFor()
    expect(await toastsOverBar(page)).toBe(true)
    await shoot(page, `deliveries-offline-${language}`)
    expect(await axeViolations(page)).toEqual([])
    expect((await keeper.get(`/orders/${orders[1].id}`)).body.state).toBe('confirmed')
    // The phone drops the page: it comes back as it was, and the start of the app leads there too.
    await page.goto(`${stack.url}/`)
    await page.waitForURL(/\/deliveries$/)
    await shows(orders[2])
    await page.getByRole('heading', { name: words.deliveries.waiting.title }).waitFor()
    await failNext()
    await page.getByText(`#${orders[3].number}`, { exact: true }).first().waitFor()
    expect(await toastsOverBar(page)).toBe(true)
    await shoot(page, `deliveries-reloaded-${language}`)
    await page.keyboard.press('Control+z')
    await shows(orders[2])
    await page.context().setOffline(false)
    await stateOf(orders[1].id, 'delivery_failed')
    await page.getByRole('heading', { name: words.deliveries.waiting.title }).waitFor({ state: 'detached' })

    await shows(orders[2])
    await failNext()
    await stateOf(orders[2].id, 'delivery_failed')
    await page.getByText(words.deliveries.doneToday).waitFor()
    await shoot(page, `deliveries-done-${language}`)
    expect(await axeViolations(page)).toEqual([])
    expect((await keeper.get('/ledger/balances')).body.sumCentimes).toBe(0)

    // The newest word is taken back from the toast.
    await page.keyboard.press('Control+z')
    await stateOf(orders[2].id, 'confirmed')

    // Whoever leaves takes along what the phone kept of the day.
    const kept = () => page.evaluate(() => localStorage.getItem('sendocki.kept-screen'))
    expect(await kept()).toContain('Youssef Amrani')
    await page.getByRole('button', { name: words.common.nav.more }).click()
    await page.getByRole('button', { name: 'Youssef Amrani' }).click()
    await page.getByRole('menuitem', { name: words.common.shell.signOut }).click()
    await page.waitForURL(/\/sign-in/)
    expect(await kept()).toBeNull()
    expect(watched.complaints().filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([])
  })
})

/** Whether every toast stands above the bottom bar of the phone. */
const toastsOverBar = async (page: Page): Promise<boolean> => {
  const toast = '.mantine-Notification-root'
  await page.waitForFunction(
    (selector) => [...document.querySelectorAll(selector)].every((one) => getComputedStyle(one).opacity === '1'),
    toast,
  )
  const bar = await page.locator('nav').last().boundingBox()
  const boxes = await Promise.all((await page.locator(toast).all()).map((one) => one.boundingBox()))
  return bar !== null && boxes.length > 0 && boxes.every((box) => box !== null && box.y + box.height <= bar.y)
}

/** A Delivery Agent who came by the link of the invitation's mail. */
const inviteDriver = async (keeper: Shopkeeper): Promise<{ email: string }> => {
  const email = `youssef-${crypto.randomUUID().slice(0, 8)}@dar-argan.example`
  const role = (await keeper.get('/roles')).body.items.find(({ key }: any) => key === 'delivery_agent')
  await keeper.post('/invitations', { email, roleId: role.id })
  const mails = await eventually(
    async () =>
      (await (await fetch(`${stack.sandboxUrl}/mailbox?to=${encodeURIComponent(email)}`)).json()) as {
        items: { text: string }[]
      },
    ({ items }) => items.length > 0,
    'the invitation',
  )
  const token = /[?&#]token=([\w-]+)/.exec(mails.items[0]?.text ?? '')?.[1]
  const accepted = await keeper.call('POST', '/invitations/accept', {
    token,
    fullName: 'Youssef Amrani',
    password: goodPassword,
  })
  if (accepted.status !== 201) throw new Error(JSON.stringify(accepted.body))
  return { email }
}
