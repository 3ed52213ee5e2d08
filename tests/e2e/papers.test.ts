import { readFile } from 'node:fs/promises'
import { textOfPages } from '@sendocki/api/adapters/papers/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
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

const confirmedOrder = async (keeper: Shopkeeper, phone: string): Promise<any> => {
  const stage = (await keeper.get('/pipeline')).body.stages.find(({ state }: any) => state === 'confirmed')
  const { status, body } = await keeper.post('/orders', {
    customer: { name: 'سعاد حاتم (Souad)', phone },
    shippingAddress: { line: 'Rue Abou Ishak, imm. 4', city: 'Rabat', landmark: 'قرب المسجد' },
    lines: [{ name: 'Lampe solaire', sku: 'LAMP-N', quantity: 2, unitPriceCentimes: 12_450 }],
    stageId: stage.id,
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body
}

/** The file that the dialog gives, read back. */
const downloaded = async (page: Page, words: { download: string }): Promise<string[]> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: words.download }).click(),
  ])
  return textOfPages(await readFile(await download.path()))
}

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const words = wordsOf(language)
  const { papers } = words
  const { options } = words.orders

  it('options are chosen, said at the door, and printed for orders and parcels', { timeout: 240_000 }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, 'papers')
    const account = (await keeper.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })).body
    const first = await confirmedOrder(keeper, '0612000001')
    const second = await confirmedOrder(keeper, '0612000002')
    const page = await open(keeper, language, 1280)
    const watched = watchPage(page)

    // How the order wants to be handed over is chosen on it, and can be taken back.
    await page.goto(`${stack.url}/orders/${first.id}`)
    await page.getByRole('button', { name: options.change }).click()
    const dialog = page.getByRole('dialog')
    const row = (label: string) => dialog.getByRole('radiogroup', { name: label, exact: true })
    await row(options.field.fragile).getByText(words.common.ui.yes, { exact: true }).click()
    await row(options.field.allowOpen).getByText(words.common.ui.no, { exact: true }).click()
    await shoot(page, `options-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: words.common.ui.save }).click()
    await page.getByText(options.mayNotOpen, { exact: true }).first().waitFor()
    expect((await keeper.get(`/orders/${first.id}`)).body).toMatchObject({ allowOpen: false, fragile: true })
    await page.keyboard.press('Control+z')
    await eventually(
      async () => (await keeper.get(`/orders/${first.id}`)).body,
      ({ allowOpen, fragile }: any) => allowOpen === null && fragile === null,
      'the options as before',
    )
    const { version } = (await keeper.get(`/orders/${first.id}`)).body
    await keeper.call('PATCH', `/orders/${first.id}`, { version, allowOpen: false, fragile: true })

    // Of two orders one has a parcel: its label is printed, and the other one says what it lacks.
    await keeper.post('/parcels', { orderIds: [first.id], carrierAccountId: account.id })
    await page.goto(`${stack.url}/orders/table`)
    await page.getByRole('checkbox').first().click()
    await page.getByRole('button', { name: words.orders.print.action }).click()
    await page.getByText(papers.hints.label).waitFor()
    await shoot(page, `print-${language}`)
    expect(await axeViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: papers.print, exact: true }).click()
    await page.getByText(papers.reasons.no_parcel).waitFor()
    await shoot(page, `printed-${language}`)
    const [label = '', ...others] = await downloaded(page, papers)
    expect(others).toEqual([])
    expect(label).toContain(`#${first.number}`)
    expect(label).toContain(language === 'fr' ? 'Ne pas ouvrir' : 'ممنوع')

    // Another document, without leaving.
    await dialog.getByRole('button', { name: papers.another }).click()
    await dialog.getByText(papers.kinds.picking, { exact: true }).click()
    await dialog.getByRole('button', { name: papers.print, exact: true }).click()
    const [list = ''] = await downloaded(page, papers)
    expect(list).toContain('LAMP-N')
    expect(list).toContain(`#${second.number}`)
    await page.keyboard.press('Escape')

    // The parcel says that it was printed, when and for whom; what was chosen is offered again.
    const parcelId = (await keeper.get('/parcels')).body.items[0].id
    await page.goto(`${stack.url}/parcels?parcel=${parcelId}`)
    await page.getByText(words.parcels.panel.printed, { exact: true }).first().waitFor()
    const { labelPrintedAt, labelPrintedBy } = (await keeper.get(`/parcels/${parcelId}`)).body
    expect(labelPrintedAt).toEqual(expect.any(String))
    await page.getByRole('complementary').getByText(labelPrintedBy.name).waitFor()
    await page.getByRole('button', { name: words.parcels.print }).click()
    await page.getByText(papers.hints.picking).waitFor()
    expect(watched.complaints()).toEqual([])
  })

  it('says before shipping what the carrier does not know, on a phone too', { timeout: 240_000 }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, 'lacking')
    const order = await confirmedOrder(keeper, '0612000003')
    const { version } = order
    await keeper.call('PATCH', `/orders/${order.id}`, { version, fragile: true })
    await keeper.post('/carrier-accounts', {
      carrier: 'sendit',
      name: 'Sendit Casablanca',
      credentials: { publicKey: 'demo', secretKey: 'demo' },
    })
    await eventually(
      async () => (await keeper.get('/carrier-accounts')).body.items[0],
      ({ status, placeCount }: any) => status === 'connected' && placeCount > 0,
      'a connected carrier',
    )
    const [account] = (await keeper.get('/carrier-accounts')).body.items
    const { body: places } = await keeper.get(`/carrier-accounts/${account.id}/cities?pickup=true&q=casablanca`)
    const settings = { pickupPlaceId: places.items[0].placeId }
    await keeper.call('PATCH', `/carrier-accounts/${account.id}`, { version: account.version, settings })
    const page = await open(keeper, language, 360)
    await page.goto(`${stack.url}/orders/${order.id}`)
    await page.getByRole('button', { name: words.orders.ship.create }).click()
    await page.getByText(words.common.lacking.text).waitFor()
    await page.getByText(words.common.lacking.fragile, { exact: true }).last().waitFor()
    await shoot(page, `lacking-${language}`)
    expect(await axeViolations(page)).toEqual([])
    expect((await keeper.get('/parcels')).body.items).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: words.common.lacking.ship }).click()
    await eventually(
      async () => (await keeper.get('/parcels')).body.items,
      (items: any[]) => items.length === 1,
      'the parcel',
    )
  })
})
