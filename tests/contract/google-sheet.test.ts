import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sheetScript } from '../../apps/web/src/features/stores/sheet-script.ts'
import { messages as ar } from '../../apps/web/src/messages/ar/stores.ts'
import { messages as fr } from '../../apps/web/src/messages/fr/stores.ts'
import { startApi } from '../support/app.ts'
import { type PlayedSheet, playSheet } from '../support/apps-script.ts'
import { type ConnectedStore, genericStore } from '../support/shops.ts'

/** The script that the connection screen shows, run as Google would run it, against the real hook. */
const api = await startApi()
const owner = api.as('owner')
let origin = ''
beforeAll(async () => {
  await api.app.listen({ port: 0, host: '127.0.0.1' })
  const address = api.app.server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})

const opened: PlayedSheet[] = []
afterAll(() => Promise.all(opened.map((sheet) => sheet.close())))

const open = (store: ConnectedStore, words = fr.sheetWord, secret = store.secret): PlayedSheet => {
  const sheet = playSheet(sheetScript({ url: `${origin}/hooks/generic/${store.id}`, secret, words }))
  opened.push(sheet)
  return sheet
}
const ordersOf = async (id: string) => {
  await api.runJobs()
  const { items } = (await owner.get(`/orders?storeId=${id}&sort=createdAt`)).body
  return Promise.all(items.map(async (one: { id: string }) => (await owner.get(`/orders/${one.id}`)).body))
}

const headings = ['Nom', 'Téléphone', 'Ville', 'Adresse', 'Produit', 'Quantité', 'Prix', 'Livraison', 'Note']
const salma = [
  'Salma Bennani',
  612345678,
  'Casablanca',
  '12 rue des Écoles',
  'Lampe solaire',
  2,
  219,
  30,
  "Après 18 h / s'il vous plaît",
]
const status = (rows: readonly (readonly unknown[])[], row: number) => String(rows[row - 1]?.[headings.length] ?? '')

describe('a sheet', () => {
  let store: ConnectedStore
  beforeEach(async () => {
    store = await genericStore(api, { name: 'Feuille' })
  })

  it('sends its rows when the script is installed, and says in each what was sent', async () => {
    const sheet = open(store)
    const rows = await sheet.run('installSendocki', { rows: [headings, salma] })
    expect(sheet.triggers).toEqual(['sendockiEdited', 'sendockiChanged', 'sendockiEveryFiveMinutes'])
    expect(rows[0]).toEqual([...headings, 'Sendocki', 'Sendocki ID'])
    expect(status(rows, 2)).toBe('Envoyée 26/11 14:05')
    expect(await ordersOf(store.id)).toMatchObject([
      {
        customer: { name: 'Salma Bennani', phone: '+212612345678' },
        shippingAddress: { line: '12 rue des Écoles', cityText: 'Casablanca' },
        lines: [{ name: 'Lampe solaire', quantity: 2, unitPriceCentimes: 21_900 }],
        totalCentimes: 46_800,
        shippingFeeCentimes: 3_000,
        note: "Après 18 h / s'il vous plaît",
        source: 'google-sheets',
        toComplete: [],
      },
    ])
  })

  it('in Arabic is understood and answered in Arabic', async () => {
    const sheet = open(store, ar.sheetWord)
    const rows = await sheet.run('installSendocki', {
      rows: [
        ['الاسم', 'الهاتف', 'المدينة', 'المنتج', 'المجموع'],
        ['فاطمة الزهراء', '٠٦٦١٢٢٣٣٤٤', 'الدار البيضاء', 'سماعات لاسلكية', '١٧٩٫٠٠ درهم'],
      ],
    })
    expect(rows[1]?.[5]).toBe(`${ar.sheetWord.sent} 26/11 14:05`)
    expect(await ordersOf(store.id)).toMatchObject([
      {
        customer: { name: 'فاطمة الزهراء', phone: '+212661223344' },
        totalCentimes: 17_900,
        shippingAddress: { city: { id: 'casablanca' } },
      },
    ])
  })

  it('sends a row once, and again only when it changed', async () => {
    const sheet = open(store)
    await sheet.run('installSendocki', { rows: [headings, salma] })
    for (const call of ['sendockiEdited', 'sendockiEveryFiveMinutes']) await sheet.run(call)
    expect((await owner.get(`/inbound?connectionId=${store.id}`)).body.items).toHaveLength(1)
    api.clock.advance(1_000)
    await sheet.run('sendockiEdited', { cells: [[2, 3, 'Rabat']] })
    const orders = await ordersOf(store.id)
    expect(orders).toHaveLength(1)
    expect(orders[0]).toMatchObject({ shippingAddress: { cityText: 'Rabat' } })
  })

  it('that is sorted or whose rows are copied doubles nothing and loses nothing', async () => {
    const sheet = open(store)
    const hind = ['Hind Tazi', '0661223344', 'Tanger', 'Hay Essalam 9', 'Mixeur', 1, 249, 0, '']
    const before = await sheet.run('installSendocki', { rows: [headings, salma, hind] })
    const swapped = [before[2], before[1]].flatMap((row, index) =>
      (row ?? []).map((cell, column) => [index + 2, column + 1, cell] as const),
    )
    await sheet.run('sendockiEdited', { cells: swapped })
    expect(await ordersOf(store.id)).toHaveLength(2)
    // Somebody copies the first row, its id included, and changes the buyer.
    const copied = (before[1] ?? []).map((cell, column) => [4, column + 1, column === 1 ? '0699887766' : cell] as const)
    await sheet.run('sendockiEdited', { cells: copied })
    const phones = (await ordersOf(store.id)).map(({ customer }) => customer.phone)
    expect(new Set(phones)).toEqual(new Set(['+212612345678', '+212661223344', '+212699887766']))
  })

  it('waits for the phone of a row that is being typed, then sends it as it is', async () => {
    const sheet = open(store)
    await sheet.run('installSendocki', { rows: [headings] })
    const typed = await sheet.run('sendockiEdited', { rows: [['Omar', '', 'Fès', '', 'Lampe', 1, 219, '', '']] })
    expect(status(typed, 2)).toBe('')
    expect(await ordersOf(store.id)).toEqual([])
    const later = await sheet.run('sendockiEveryFiveMinutes')
    expect(status(later, 2)).toContain('Envoyée')
    expect(await ordersOf(store.id)).toMatchObject([{ toComplete: ['phone_missing'] }])
  })

  it('says what a row lacks, and does not send an error of a formula', async () => {
    const sheet = open(store)
    const rows = await sheet.run('installSendocki', {
      rows: [
        headings,
        ['Omar', '0612345678', 'Fès', '', 'Lampe', 1, '#REF!', '', ''],
        ['', '', '', '', '', '', '', '', ''],
      ],
    })
    expect(status(rows, 2)).toBe('Il manque : le prix ou le total')
    expect(status(rows, 3)).toBe('')
    expect(await ordersOf(store.id)).toEqual([])
    const bare = await open(store).run('installSendocki', {
      rows: [
        ['Nom', 'Téléphone'],
        ['Omar', '0612345678'],
      ],
    })
    expect(bare[1]?.[2]).toBe(fr.sheetWord.heading)
  })

  it('tries again what did not go through', async () => {
    const sheet = open(store)
    sheet.offline = true
    const away = await sheet.run('installSendocki', { rows: [headings, salma] })
    expect(status(away, 2)).toBe(fr.sheetWord.waiting)
    sheet.offline = false
    expect(status(await sheet.run('sendockiEveryFiveMinutes'), 2)).toContain('Envoyée')
    expect(await ordersOf(store.id)).toHaveLength(1)
  })

  it('with a secret that was changed says so, and sends when the script was copied again', async () => {
    const refused = open(store, fr.sheetWord, 'old-secret')
    const rows = await refused.run('installSendocki', { rows: [headings, salma] })
    expect(status(rows, 2)).toBe(fr.sheetWord.refused)
    expect(await ordersOf(store.id)).toEqual([])
    const right = await open(store).run('installSendocki', { rows })
    expect(status(right, 2)).toContain('Envoyée')
    expect(await ordersOf(store.id)).toHaveLength(1)
  })
})
