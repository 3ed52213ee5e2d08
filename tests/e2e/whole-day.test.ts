import { readFile } from 'node:fs/promises'
import { textOfPages } from '@sendocki/api/adapters/papers/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sheetScript } from '../../apps/web/src/features/stores/sheet-script.ts'
import { playSheet } from '../support/apps-script.ts'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { type Outside, outsideOf } from '../support/trade.ts'
import { wordsOf } from './words.ts'

/** A shop's whole day: what each part does alone must also hold after all the others, and be told alike by the figures. */
let stack: Stack
let outside: Outside
let browser: Browser

beforeAll(async () => {
  stack = await startStack()
  outside = outsideOf(stack.sandboxUrl)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

/** What arrives: from two shops, and from a sheet of which twelve rows name a city that nobody knows. */
const fromShop = 85
const fromSheet = 30
const unreadable = 12
const arriving = 2 * fromShop + fromSheet
const many = 120
const leaving = 60

const headings = ['Nom', 'Téléphone', 'Ville', 'Adresse', 'Produit', 'Quantité', 'Prix']
const rowsOfSheet = Array.from({ length: fromSheet }, (_, at) => [
  at % 2 === 0 ? `Salma Bennani ${at}` : `سعاد أيت الحاج ${at}`,
  612_345_600 + at,
  at < unreadable ? 'Blad Lkhir' : 'Casablanca',
  `${at} rue des Écoles`,
  'Lampe solaire',
  1,
  219,
])

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const words = wordsOf(language)
  const files = words.carrierFiles

  const open = (keeper: Shopkeeper): Promise<Page> =>
    signedIn(browser, stack, keeper, { language, viewport: { width: 1440, height: 900 } })

  /** Connects both shops by their consent pages and keys, as their owner does. */
  const connect = async (page: Page, shop: string): Promise<void> => {
    const { stores } = words
    const begin = async (way: 'youcan' | 'woocommerce', name: string): Promise<void> => {
      await page.goto(`${stack.url}/settings/stores`)
      await page.getByRole('button', { name: stores.connect, exact: true }).first().click()
      await page.getByRole('dialog').getByRole('button', { name: stores.way[way].text }).click()
      await page.getByRole('dialog').getByLabel(stores.name).fill(name)
    }
    const connected = (name: string) =>
      page.getByRole('article', { name }).getByText(stores.status.connected, { exact: true }).waitFor()
    await begin('youcan', 'Atlas YouCan')
    await page.getByRole('button', { name: stores.goTo.youcan }).click()
    await page.locator('input[name=shop]').fill(shop)
    await page.getByRole('button', { name: 'Autoriser' }).click()
    await page.waitForURL(/\/settings\/stores/)
    await connected('Atlas YouCan')
    await begin('woocommerce', 'Atlas Woo')
    await page.getByRole('radio', { name: stores.meansOf.keys.title }).check()
    await page.getByLabel(stores.siteAddress).fill(`${shop}.ma`)
    await page.getByLabel(stores.consumerKey).fill('ck_demo')
    await page.getByLabel(stores.consumerSecret).fill('cs_demo')
    await page.getByRole('button', { name: stores.create, exact: true }).click()
    await connected('Atlas Woo')
  }

  const counted = async (keeper: Shopkeeper, filter: string): Promise<number> =>
    (await keeper.get(`/orders/count?exact=true&${filter}`)).body.count
  const until = (keeper: Shopkeeper, filter: string, wanted: number) =>
    eventually(
      () => counted(keeper, filter),
      (count) => count === wanted,
      `${wanted} orders with ${filter}`,
      90,
    )

  const arrive = async (keeper: Shopkeeper, shop: string): Promise<void> => {
    const { body: store } = await keeper.post('/stores', { platform: 'generic', name: 'Ma feuille' })
    const sheet = playSheet(
      sheetScript({ url: store.webhookUrl, secret: store.webhookSecret, words: words.stores.sheetWord }),
    )
    try {
      await Promise.all([
        outside.control('shops/youcan/orders', { shop, count: fromShop }),
        outside.control('shops/woocommerce/orders', { shop: `${shop}.ma`, count: fromShop }),
        sheet.run('installSendocki', { rows: [headings, ...rowsOfSheet] }),
      ])
    } finally {
      await sheet.close()
    }
    await until(keeper, '', arriving)
  }

  /** One choice for the twelve, by keys; whatever else the shops left open stays in the tray. */
  const repair = async (page: Page, keeper: Shopkeeper): Promise<void> => {
    const others = (await counted(keeper, 'toComplete=true')) - unreadable
    const { body } = await keeper.get('/orders?toComplete=true&cityText=Blad%20Lkhir&limit=1')
    await page.goto(`${stack.url}/orders/tray`)
    const waiting = page.getByRole('navigation', { name: words.tray.title })
    await waiting
      .getByRole('button')
      .filter({ hasText: `#${body.items[0].number}` })
      .click()
    await page.getByRole('switch').waitFor()
    await page.keyboard.press('b')
    await page.keyboard.press('a')
    await page.keyboard.type('Kenitra')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await until(keeper, 'toComplete=true', others)
  }

  const stageNamed = async (keeper: Shopkeeper, state: string): Promise<any> =>
    (await keeper.get('/pipeline')).body.stages.find((stage: any) => stage.state === state)

  /** A stage comes, is renamed with orders on it, and goes: they are on the nearest one, and none is lost. */
  const bend = async (keeper: Shopkeeper): Promise<void> => {
    const fresh = await stageNamed(keeper, 'new')
    const version = async () => (await keeper.get('/pipeline')).body.version
    const made = await keeper.post('/pipeline/stages', {
      version: await version(),
      afterStageId: fresh.id,
      state: null,
      colour: 'brown',
      name: { fr: 'Contrôle', en: '', ar: '' },
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const { stageId } = made.body
    const { body: page } = await keeper.get(`/orders?stageId=${fresh.id}&limit=5`)
    for (const order of page.items) await keeper.post(`/orders/${order.id}/move`, { stageId, version: order.version })
    const renamed = await keeper.call('PATCH', `/pipeline/stages/${stageId}`, {
      version: await version(),
      name: { fr: 'Contrôle qualité', en: '', ar: 'مراقبة الجودة' },
    })
    expect(renamed.status).toBe(200)
    expect(await counted(keeper, `stageId=${stageId}`)).toBe(5)
    const gone = await keeper.call('DELETE', `/pipeline/stages/${stageId}?version=${await version()}`)
    expect(gone.status).toBe(200)
    await until(keeper, `stageId=${gone.body.movedToStageId}`, arriving)
  }

  /** Moves so many by one operation, takes it back, and moves them again. */
  const moveMany = async (keeper: Shopkeeper): Promise<string[]> => {
    const { id: stageId } = await stageNamed(keeper, 'confirmed')
    const { body } = await keeper.get('/orders?toComplete=false&state=new&limit=200')
    const ids: string[] = body.items.slice(0, many).map(({ id }: { id: string }) => id)
    expect(ids).toHaveLength(many)
    const ended = async (asked: { status: number; body: any }): Promise<any> => {
      expect(asked.status).toBe(202)
      return eventually(
        async () => (await keeper.get(`/bulk-operations/${asked.body.id}`)).body,
        ({ finishedAt }) => finishedAt !== null,
        'the end of the operation',
        60,
      )
    }
    const move = () => keeper.post('/bulk-operations', { noun: 'orders', action: 'move', params: { stageId }, ids })
    const moved = await ended(await move())
    expect(moved).toMatchObject({ done: many })
    await until(keeper, 'state=confirmed', many)
    await ended(await keeper.post(`/bulk-operations/${moved.id}/undo`, {}))
    await until(keeper, 'state=new', arriving)
    expect(await ended(await move())).toMatchObject({ done: many })
    return ids
  }

  const parcelsOf = async (keeper: Shopkeeper): Promise<any[]> => (await keeper.get('/parcels?limit=200')).body.items

  /** Sixty leave with a carrier that has no API: labels, its file, its answer. Returns their tracking numbers. */
  const ship = async (page: Page, keeper: Shopkeeper, orderIds: string[]): Promise<string[]> => {
    const { body: account } = await keeper.post('/carrier-accounts', { carrier: 'manual', name: 'Atlas Colis' })
    const shipped = await keeper.post('/parcels', { orderIds, carrierAccountId: account.id })
    expect(shipped.status).toBeLessThan(300)
    const parcels = await parcelsOf(keeper)
    expect(parcels).toHaveLength(leaving)

    await page.goto(`${stack.url}/parcels`)
    await page.getByRole('checkbox').first().click()
    await page.getByRole('button', { name: words.parcels.print }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: words.papers.print, exact: true }).click()
    const [labels] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: words.papers.download }).click(),
    ])
    const pages = await textOfPages(await readFile(await labels.path()))
    expect(pages.length).toBeGreaterThan(0)
    await shoot(page, `whole-day-labels-${language}`)
    await page.keyboard.press('Escape')

    const numbers = parcels.map((_, at) => `AC-${language}-${at}`)
    const lines = parcels.map(({ reference }, at) => `${numbers[at]};${reference};Livré`)
    await page.goto(`${stack.url}/carrier-files`)
    await page.locator('input[type=file]').setInputFiles({
      name: 'suivi-atlas.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['Code;Référence;Statut', ...lines, 'AC-999;9-nobody;Livré'].join('\r\n'), 'latin1'),
    })
    await page.getByRole('button', { name: files.words.apply }).click()
    await page.getByRole('button', { name: files.words.apply }).waitFor({ state: 'detached' })
    await page
      .locator('button')
      .filter({ hasText: `${files.run.apply} ·` })
      .click()
    await page.getByText(files.run.done).waitFor()
    await until(keeper, 'state=delivered', leaving)
    return numbers
  }

  const pay = async (page: Page, keeper: Shopkeeper, numbers: readonly string[]): Promise<void> => {
    await page.goto(`${stack.url}/carrier-files?kind=payout`)
    await page.getByLabel(files.paste).fill([...numbers, 'AC-777'].join('\n'))
    await page.getByRole('button', { name: files.read, exact: true }).click()
    await page
      .locator('button')
      .filter({ hasText: `${files.run.mark} ·` })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: files.run.mark }).click()
    await page.getByText(files.run.done).waitFor()
    await until(keeper, 'cash=collected', numbers.length)
    expect((await keeper.get('/ledger/balances')).body.sumCentimes).toBe(0)
  }

  it('a shop lives its whole day, and the figures agree', { timeout: 600_000 }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, `journee-${language}`)
    const page = await open(keeper)
    const watched = watchPage(page)
    const shop = `atlas-${crypto.randomUUID().slice(0, 6)}`
    await connect(page, shop)
    await arrive(keeper, shop)
    await repair(page, keeper)
    await bend(keeper)
    const moved = await moveMany(keeper)
    const numbers = await ship(page, keeper, moved.slice(0, leaving))
    await pay(page, keeper, numbers)

    await page.goto(`${stack.url}/today`)
    const shown = async (key: string): Promise<number> =>
      Number(((await page.locator(`li[data-key="${key}"] a`).first().textContent()) ?? '').replace(/\D/g, ''))
    const today = { created: arriving, confirmed: many, delivered: leaving, due: 0 }
    for (const [key, wanted] of Object.entries(today))
      await eventually(
        () => shown(key),
        (count) => count === wanted,
        `the figure ${key} to be ${wanted}`,
      )
    await shoot(page, `whole-day-today-${language}`)
    expect(await axeViolations(page)).toEqual([])
    expect(watched.complaints()).toEqual([])
  })
})
