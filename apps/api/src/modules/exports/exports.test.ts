import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { customerExportColumns, exportColumns } from '@sendocki/domain/exports/export'
import { builtInRoles } from '@sendocki/domain/permissions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { givenOrder } from '../../../../../tests/support/orders.ts'

const filesDir = join(tmpdir(), `sendocki-files-${crypto.randomUUID()}`)
const api = await startApi({ env: { FILES_URL: pathToFileURL(filesDir).toString() } })
const owner = api.as('owner')
const { people, merchantId } = api.merchant
afterAll(() => rm(filesDir, { recursive: true, force: true }))

const formulas = ['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '  =1', '\u00a0=1', '＝1+1', '＠A1']
let order: any
beforeAll(async () => {
  for (const [index, name] of formulas.entries())
    await givenOrder(owner, {
      customer: { name, phone: `066120${String(1_000 + index)}` },
      tags: ['formule'],
      note: `${name} ; "cité"`,
    })
  order = await givenOrder(owner, {
    customer: { name: 'سلمى بنّاني', phone: '0661234987' },
    externalReference: '00042',
    lines: [{ name: 'Caftan; brodé', quantity: 2, unitPriceCentimes: 12_450 }],
    tags: ['lisible'],
  })
})

const made = async (body: object, client: Client = owner) => {
  const asked = await client.post('/exports', { kind: 'orders', columns: [...exportColumns], format: 'csv', ...body })
  if (asked.status !== 202) throw new Error(asked.text)
  await api.runJobs()
  return (await client.get(`/exports/${asked.body.id}`)).body
}
const fileOf = (id: string, client: Client = owner) => client.get(`/exports/${id}/file`)
const only = (tag: string) => ({ filter: { where: { all: [{ field: 'tag', op: 'in', values: [tag] }] } } })

/** The cells of a CSV text, as a spreadsheet splits it. */
const cellsOf = (text: string, separator: string): string[][] => {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === separator || sign === '\r')) {
      rows.at(-1)?.push(cell)
      cell = ''
      if (sign === '\r') {
        rows.push([])
        at += 1
      }
    } else cell += sign
  }
  return rows.slice(0, -1)
}

describe('an export of orders', () => {
  it('is a file for Excel: Arabic readable, zeros kept, words in the language asked for', async () => {
    const done = await made({ ...only('lisible'), language: 'fr' })
    expect(done).toMatchObject({ status: 'ready', rows: 1, problem: null })
    const { status, text, headers } = await fileOf(done.id)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(headers['content-disposition']).toMatch(/^attachment; filename="commandes-\d{4}-\d\d-\d\d\.csv"$/)
    expect(text.charCodeAt(0)).toBe(0xfeff)
    expect(Buffer.byteLength(text)).toBe(done.bytes)
    const [head = [], row = []] = cellsOf(text.slice(1), ';')
    const cell = Object.fromEntries(head.map((name, index) => [name, row[index]]))
    expect(cell).toMatchObject({
      Numéro: String(order.number),
      Client: 'سلمى بنّاني',
      Téléphone: '="0661234987"',
      'Référence boutique': '="00042"',
      Ville: 'Casablanca',
      Produits: '2 × Caftan; brodé',
      'Total (DH)': '284',
      Étape: 'Nouvelle',
      Encaissement: 'Pas encore dû',
    })
    expect(cell['Date de commande']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
  })

  it('speaks Arabic and English too', async () => {
    for (const [language, word] of [
      ['ar', 'الهاتف'],
      ['en', 'Phone'],
    ] as const) {
      const { id } = await made({ ...only('lisible'), language })
      expect((await fileOf(id)).text.split('\r\n')[0]).toContain(word)
    }
  })

  it('lets no cell run as a formula, in any of its forms', async () => {
    const { id, rows } = await made({ ...only('formule'), columns: ['customer', 'note'] })
    expect(rows).toBe(formulas.length)
    const [, ...lines] = cellsOf((await fileOf(id)).text.slice(1), ';')
    expect(lines.map(([name]) => name).sort()).toEqual(formulas.map((text) => `'${text.trim()}`).sort())
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^[\s\u00a0]*[=+\-@＝＋－＠]/)
  })

  it('as a workbook holds the same texts as text', { timeout: 60_000 }, async () => {
    const done = await made({ ...only('lisible'), format: 'xlsx', language: 'ar' })
    expect(done).toMatchObject({ status: 'ready', rows: 1 })
    const { headers, status } = await fileOf(done.id)
    expect(status).toBe(200)
    expect(headers['content-disposition']).toMatch(/\.xlsx"$/)
    const left = await readdir(join(filesDir, 'exports', merchantId))
    expect(left.filter((name) => name.startsWith(done.id))).toEqual([`${done.id}.xlsx`])
  })

  it('is read page by page without losing or doubling a row', async () => {
    const everything = await made({ columns: ['number'] })
    const numbers = cellsOf((await fileOf(everything.id)).text.slice(1), ';')
      .slice(1)
      .flat()
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers).toHaveLength((await owner.get('/orders/count?exact=true')).body.count)
  })

  it('goes after a day', async () => {
    const { id } = await made(only('lisible'))
    api.clock.advance(25 * 3_600_000)
    const early = await fileOf(id)
    expect([early.status, early.body.code]).toEqual([409, 'export.not_ready'])
    await api.ctx().transaction(
      async (tx) =>
        void tx.outbox.jobs.push({
          task: 'schedule.exports',
          payload: {},
          key: null,
          queue: null,
          runAt: null,
          maxAttempts: null,
        }),
    )
    await api.runJobs()
    api.clock.advance(-25 * 3_600_000)
    expect((await owner.get(`/exports/${id}`)).body.status).toBe('expired')
    expect((await readdir(join(filesDir, 'exports', merchantId))).some((name) => name.startsWith(id))).toBe(false)
  })
})

describe('who may export, and what is in the file', () => {
  it('belongs to whoever asked', async () => {
    const { id } = await made(only('lisible'))
    for (const stranger of [api.as('manager'), api.asRival('owner')]) {
      expect((await stranger.get(`/exports/${id}`)).body.code).toBe('export.not_found')
      expect((await fileOf(id, stranger)).body.code).toBe('export.not_found')
    }
  })

  const setRole = (change: { permissions: readonly string[]; masks: readonly string[]; scope: readonly string[] }) =>
    api.ctx().transaction((tx) =>
      tx.db.execute(`update roles set permissions = '${JSON.stringify(change.permissions)}', masks = '${JSON.stringify(change.masks)}',
        scope = '${JSON.stringify(change.scope)}' where id = '${people.viewer.roleId}'`),
    )

  it('law 12: a role that hides phones, or sees its own orders only, gets a file of just that', async () => {
    const { permissions, masks, scope } = builtInRoles.viewer
    const viewer = api.as('viewer')
    await setRole({ permissions: [...permissions, 'orders.export'], masks: [...masks, 'address'], scope })
    api.deps.sessions.drop(people.viewer.roleId)
    try {
      const hidden = await made({ ...only('lisible'), language: 'fr' }, viewer)
      const { text } = await fileOf(hidden.id, viewer)
      expect(text).toContain('06 •• •• •• 87')
      for (const form of ['0661234987', '661234987', 'rue des Roses']) expect(text).not.toContain(form)
      await setRole({ permissions: [...permissions, 'orders.export'], masks, scope: ['own'] })
      api.deps.sessions.drop(people.viewer.roleId)
      const changed = await fileOf(hidden.id, viewer)
      expect([changed.status, changed.body.code]).toEqual([403, 'export.rights_changed'])
      expect((await made(only('lisible'), viewer)).rows).toBe(0)
    } finally {
      await setRole({ permissions, masks, scope })
      api.deps.sessions.drop(people.viewer.roleId)
    }
  })

  it('is nothing for somebody who may no longer export when the file is made', async () => {
    const asked = await api.as('manager').post('/exports', { kind: 'orders', columns: ['number'], format: 'csv' })
    await api
      .ctx()
      .transaction((tx) =>
        tx.db.execute(`update members set disabled_at = now() where id = '${people.manager.memberId}'`),
      )
    await api.runJobs()
    await api
      .ctx()
      .transaction((tx) =>
        tx.db.execute(`update members set disabled_at = null where id = '${people.manager.memberId}'`),
      )
    const { status, problem } = (await api.as('manager').get(`/exports/${asked.body.id}`)).body
    expect([status, problem]).toEqual(['failed', 'auth.forbidden'])
  })
})

describe('an export of customers', () => {
  const columns = [...customerExportColumns]
  const askFor = (body: object, client: Client = owner) => made({ kind: 'customers', columns, ...body }, client)

  it('holds what the list shows, and says under it who took it out', async () => {
    const { version } = (await owner.get(`/customers/${order.customer.id}`)).body
    await owner.patch(`/customers/${order.customer.id}`, { version, tags: ['vip'], consent: { given: false } })
    await owner.post(`/customers/${order.customer.id}/block`, { mode: 'cod', reason: 'Refus' })
    const done = await askFor({ filter: { tag: 'vip' }, language: 'fr' })
    expect(done).toMatchObject({ kind: 'customers', status: 'ready', rows: 1 })
    const { text, headers } = await fileOf(done.id)
    expect(headers['content-disposition']).toMatch(/filename="clients-/)
    const [head = [], row = [], taken = []] = cellsOf(text.slice(1), ';')
    expect(Object.fromEntries(head.map((name, index) => [name, row[index]]))).toMatchObject({
      Client: 'سلمى بنّاني',
      Téléphone: '="0661234987"',
      Commandes: '1',
      Étiquettes: 'vip',
      'Accord pour la publicité': 'refusé',
      Blocage: 'paiement à la livraison',
    })
    expect(taken[0]).toMatch(/^Exporté par Test owner, le \d{4}-\d\d-\d\d \d\d:\d\d\./)
    const bare = await askFor({ filter: { tag: 'vip' }, columns: ['customer'] })
    expect(cellsOf((await fileOf(bare.id)).text.slice(1), ';')).toHaveLength(2)
  })

  it('lets no cell run as a formula', async () => {
    const { id } = await askFor({ columns: ['customer'] })
    for (const cell of cellsOf((await fileOf(id)).text.slice(1), ';').flat())
      expect(cell).not.toMatch(/^[\s\u00a0]*[=+\-@＝＋－＠]/)
  })

  it('asks for columns and filters of customers, and for a right of its own', async () => {
    const wrong = { kind: 'customers', columns: ['stage'], format: 'csv' }
    expect((await owner.post('/exports', wrong)).status).toBe(400)
    const mixed = { kind: 'customers', columns: ['customer'], filter: { late: true }, format: 'csv' }
    expect((await owner.post('/exports', mixed)).status).toBe(400)
    const { permissions } = builtInRoles.manager
    const without = JSON.stringify(permissions.filter((permission) => permission !== 'customers.export'))
    const setPermissions = async (text: string) => {
      await api
        .ctx()
        .transaction((tx) =>
          tx.db.execute(`update roles set permissions = '${text}' where id = '${people.manager.roleId}'`),
        )
      api.deps.sessions.drop(people.manager.roleId)
    }
    await setPermissions(without)
    const refused = await api
      .as('manager')
      .post('/exports', { kind: 'customers', columns: ['customer'], format: 'csv' })
    await setPermissions(JSON.stringify(permissions))
    expect(refused.body.code).toBe('auth.forbidden')
  })
})
