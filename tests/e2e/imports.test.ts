import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
import { type Stack, startStack } from '../support/stack.ts'
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

const rowOf = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })

describe.each([
  ['fr', 1280],
  ['ar', 360],
] as const)('in %s, %i pixels wide', (language, width) => {
  const words = wordsOf(language).imports

  it('a list of customers is tried, put right, imported and taken back', { timeout: 120_000 }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, `import-${language}`)
    const page = await open(keeper, language, width)
    const watched = watchPage(page)
    await page.goto(`${stack.url}/settings/imports`)
    await page.getByText(words.history.none).waitFor()

    // What no table is, is refused with its own sentence.
    await page.locator('input[type=file]').setInputFiles({
      name: 'clients.xls',
      mimeType: 'application/vnd.ms-excel',
      buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]),
    })
    await page.getByText(words.faults.old_excel).waitFor()

    const table = 'Nom;Tél;Ville;Divers\nSalma Bennani;0612345601;Fès;x\nسعاد;0612345602;Rabat;y\nOmar;06 12;Salé;z\n'
    await page.locator('input[type=file]').setInputFiles({
      name: 'clients.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(table),
    })
    await page.getByText(words.columns.proposed).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `imports-columns-${language}`)
    await page.getByRole('button', { name: words.columns.preview }).click()
    await page.getByText(words.status.tried).waitFor()
    await rowOf(page, 'Omar').getByText(words.reasons.phone_impossible, { exact: true }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `imports-tried-${language}`)

    await page
      .locator('button')
      .filter({ hasText: words.run.start.split('{{')[0] ?? '' })
      .click()
    await page.getByText(words.status.done, { exact: true }).waitFor()
    const [refused] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: words.run.refusedFile }).click(),
    ])
    expect(await readFile(await refused.path(), 'utf8')).toContain('Omar;06 12;Salé;z;phone_impossible')

    await page.getByRole('button', { name: words.rows.fixRow.split('{{')[0]?.trim() ?? '' }).click()
    await page.getByRole('textbox', { name: words.columns.field.phone, exact: true }).fill('0612345603')
    await page.getByRole('button', { name: words.rows.applyFix }).click()
    await rowOf(page, 'Omar').getByText(words.doneOutcomes.created).waitFor()
    await shoot(page, `imports-done-${language}`)

    await page.getByRole('button', { name: words.run.undo }).click()
    await page.getByText(words.status.undone, { exact: true }).waitFor()
    await page.getByRole('button', { name: words.another }).click()
    await rowOf(page, 'clients.csv').getByText(words.status.undone).waitFor()
    const { items } = (await keeper.get('/imports')).body
    expect(items).toMatchObject([{ status: 'undone', undo: { removed: 3, restored: 0, kept: 0 } }])
    expect(watched.complaints()).toEqual([])
  })

  it('past orders are tried, a word of another system is explained, and they come in at their dates', {
    timeout: 120_000,
  }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, `past-${language}`)
    const page = await open(keeper, language, width)
    const watched = watchPage(page)
    await page.goto(`${stack.url}/orders/table`)
    await page.getByRole('link', { name: wordsOf(language).orders.importPast }).click()
    await page.getByRole('radio', { name: words.kind.orders, exact: true }).waitFor()
    expect(await page.getByRole('radio', { name: words.kind.orders, exact: true }).isChecked()).toBe(true)
    const table =
      'N° commande;Date;Client;Tél;Ville;Produit;Prix;Statut\n' +
      'A-1;03/10/2026;Salma Bennani;0612345701;Fès;Montre;250;Livrée\n' +
      'A-2;04/10/2026;سعاد;0612345702;Rabat;Sac;199;Vendue\n' +
      'A-3;31/02/2026;Omar;0612345703;Salé;Sac;199;Annulée\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'commandes.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
    await page.getByText(words.words.label).waitFor()
    await page.getByRole('combobox', { name: 'Vendue' }).click()
    await page.getByRole('option', { name: words.words.state.delivered, exact: true }).click()
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `imports-orders-columns-${language}`)
    await page.getByRole('button', { name: words.columns.preview }).click()
    await page.getByText(words.status.tried).waitFor()
    await rowOf(page, 'Omar').getByText(words.reasons.date_unreadable, { exact: true }).waitFor()
    await page
      .locator('button')
      .filter({ hasText: words.run.start.split('{{')[0] ?? '' })
      .click()
    await page.getByText(words.status.done, { exact: true }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `imports-orders-done-${language}`)
    await rowOf(page, 'A-2').getByRole('link', { name: words.rows.order }).click()
    await page.getByText('A-2').first().waitFor()
    const { items } = (await keeper.get('/orders')).body
    expect(items.map(({ sourceReference, state }: any) => [sourceReference, state])).toEqual([
      ['A-2', 'delivered'],
      ['A-1', 'delivered'],
    ])
    expect(watched.complaints()).toEqual([])
  })
})
