import { importOutcomes } from '@sendocki/domain/imports/import'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Client, startApi } from '../../../../../tests/support/app.ts'
import { importForm } from '../../../../../tests/support/forms.ts'
import { givenOrder } from '../../../../../tests/support/orders.ts'
import { runChunk } from './chunks.commands.ts'
import { saveImport } from './imports.queries.ts'
import { insertRows } from './rows.queries.ts'

const api = await startApi()
const owner = api.as('owner')

const load = async (content: string | Buffer, client: Client = owner, name = 'clients.csv') => {
  const { body, headers } = importForm({ kind: 'customers', file: { name, content } })
  return client.post('/imports', body, headers)
}
const loaded = async (content: string | Buffer): Promise<any> => {
  const { status, body, text } = await load(content)
  if (status !== 201) throw new Error(text)
  return body
}
const get = async (id: string): Promise<any> => (await owner.get(`/imports/${id}`)).body
const pass = async (id: string, what: 'dry-run' | 'run' | 'undo'): Promise<any> => {
  const { status, text } = await owner.post(`/imports/${id}/${what}`)
  if (status !== 202) throw new Error(text)
  await api.runJobs()
  return get(id)
}
const rowsOf = async (id: string, outcome?: string): Promise<any[]> =>
  (await owner.get(`/imports/${id}/rows?limit=200${outcome ? `&outcome=${outcome}` : ''}`)).body.items
const imported = async (content: string, duplicates?: string): Promise<any> => {
  const file = await loaded(content)
  if (duplicates) await owner.put(`/imports/${file.id}/mapping`, { ...file.mapping, duplicates })
  return pass(file.id, 'run')
}
const counters = ({ created, updated, unchanged, refused, pending }: any) => [
  created,
  updated,
  unchanged,
  refused,
  pending,
]
const sum = (file: any) => counters(file).reduce((all: number, one: number) => all + one, 0)
const customerOf = async (row: any): Promise<any> => (await owner.get(`/customers/${row.id}`)).body

let line = 0
/** A Moroccan mobile that no other test uses. */
const phone = () => `0612${String(100_000 + (line += 1))}`
const e164 = (local: string) => `+212${local.slice(1)}`

describe('a file', () => {
  it('is read whatever its encoding and separator, and its columns are proposed and remembered', async () => {
    const [one, two] = [phone(), phone()]
    const file = await loaded(
      Buffer.from(`Prénom;Nom;Téléphone;Ville\nHélène;Benali;${one};Fès\nAli;Idrissi;${two};Salé`, 'latin1'),
    )
    expect(file).toMatchObject({ status: 'read', rows: 2, pending: 2, remembered: false, duplicates: 'fill' })
    expect(file.suggestedMapping).toEqual({ columns: ['firstName', 'lastName', 'phone', 'city'], hasHeader: true })
    expect(file.columns[0]).toEqual({ name: 'Prénom', samples: ['Hélène', 'Ali'] })
    const columns = ['firstName', null, 'phone', 'city']
    await owner.put(`/imports/${file.id}/mapping`, { columns, hasHeader: true })
    const again = await loaded(`prenom\tNOM\ttelephone\tville\nSara\tTazi\t${phone()}\tRabat`)
    expect([again.remembered, again.mapping.columns]).toEqual([true, columns])
  })

  it('without names of columns is told by what stands in it', async () => {
    const file = await loaded(
      `Salma Bennani,${phone()},salma@exemple.ma,Casablanca\nOmar Tahiri,${phone()},omar@exemple.ma,Rabat`,
    )
    expect(file.mapping).toEqual({ columns: ['name', 'phone', 'email', 'city'], hasHeader: false })
  })

  it('may be pasted, in Arabic too', async () => {
    const { body, headers } = importForm({ kind: 'customers', text: `الاسم\tالهاتف\tالمدينة\nسلمى\t${phone()}\tفاس` })
    const answer = await owner.post('/imports', body, headers)
    expect([answer.status, answer.body.name]).toEqual([201, null])
    const [row] = (await pass(answer.body.id, 'run'), await rowsOf(answer.body.id))
    expect(await customerOf(row)).toMatchObject({ name: 'سلمى' })
  })

  it.each([
    ['a program', 'MZ\0\0', 'not_a_table'],
    ['nothing', '', 'empty'],
    ['an old workbook, whatever its name', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'old_excel'],
    [
      'a workbook that a password locks',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]),
      'locked',
    ],
    ['300 columns', Array.from({ length: 300 }, (_, at) => `c${at}`).join(','), 'too_many_columns'],
    ['a quote that never ends', `nom,tel\n"Ali,0612345678\n`, 'damaged'],
  ])('is refused when it is %s, and leaves nothing', async (_what, content, why) => {
    const { status, body } = await load(content)
    expect([status, body.code, body.params?.why]).toEqual([422, 'file.unreadable', why])
  })

  it('is told by its content, whatever its name ends in', async () => {
    const { status, body } = await load(`nom;tel\nAli;${phone()}`, owner, 'clients.xlsx')
    expect([status, body.rows, body.name]).toEqual([201, 1, 'clients.xlsx'])
  })

  it('needs a kind that is known, and a form', async () => {
    const { body, headers } = importForm({ kind: 'unicorns', text: 'nom,tel\nAli,0612345678' })
    expect((await owner.post('/imports', body, headers)).body.fields).toEqual([{ path: 'kind', code: 'not_in_list' }])
    expect((await owner.post('/imports', { kind: 'customers' })).status).toBe(415)
    const two = importForm({ kind: 'customers', text: 'x' })
    const odd = Buffer.from(two.body.toString().replace('name="text"', 'name="texte"'))
    expect((await owner.post('/imports', odd, two.headers)).body.fields).toEqual([{ path: 'texte', code: 'unknown' }])
    const cut = importForm({ kind: 'customers', text: 'nom,tel\nAli,0612345678' })
    expect((await owner.post('/imports', cut.body.subarray(0, 200), cut.headers)).body.code).toBe('request.invalid')
  })

  it('that cannot be read to its end fails in words and is kept in no part', async () => {
    const file = await loaded(`nom;tel\n${'Ali;0612345678\n'.repeat(1_100)}"cut`)
    expect(file.status).toBe('reading')
    await api.runJobs()
    expect(await get(file.id)).toMatchObject({ status: 'failed', problem: 'damaged', rows: 0 })
    expect(await rowsOf(file.id)).toEqual([])
    expect((await owner.post(`/imports/${file.id}/run`)).body.code).toBe('import.not_ready')
  })
})

describe('a trial', () => {
  it('says of every row what a run then does, and changes nothing', async () => {
    const [one, two, three] = [phone(), phone(), phone()]
    const known = (await rowsOf((await imported(`nom;tel;email\nConnue;${one};connue@exemple.ma`)).id))[0]
    const file = await loaded(
      `nom;tel;email;ville\nConnue;${e164(one)};;Fès\nNouvelle;${two};;Rabat\nNouvelle;${two};n@exemple.ma;\nPersonne;;;\nFausse;12;;\nMail;;pas un mail;\nConnue;${three};connue@exemple.ma;Fès\n=1+1;${phone()};;Casa`,
    )
    const tried = await pass(file.id, 'dry-run')
    expect(tried).toMatchObject({ status: 'tried', carriedOut: false, rows: 8 })
    const planned = await rowsOf(file.id)
    expect(planned.map(({ outcome, reasons }) => [outcome, reasons.at(-1) ?? null])).toEqual([
      ['updated', 'known_phone'],
      ['created', null],
      ['updated', 'repeated_in_file'],
      ['refused', 'contact_missing'],
      ['refused', 'phone_impossible'],
      ['refused', 'email_invalid'],
      ['updated', 'repeated_in_file'],
      ['created', null],
    ])
    expect(await customerOf(known)).toMatchObject({ alternatePhone: null })
    const done = await pass(file.id, 'run')
    expect(counters(done)).toEqual(counters(tried))
    const rows = await rowsOf(file.id)
    expect(rows.map(({ outcome, reasons }) => [outcome, reasons])).toEqual(
      planned.map(({ outcome, reasons }) => [outcome, reasons]),
    )
    expect(await customerOf(rows[2])).toMatchObject({ phone: e164(two), email: 'n@exemple.ma' })
    expect(await customerOf(known)).toMatchObject({ phone: e164(one), alternatePhone: e164(three) })
    // A formula is a text like any other.
    expect(await customerOf(rows[7])).toMatchObject({ name: '=1+1' })
  })

  it('needs to know which column is the phone or the e-mail', async () => {
    const file = await loaded('colonne\nquelque chose')
    const { status, body } = await owner.post(`/imports/${file.id}/dry-run`)
    expect([status, body.code]).toEqual([422, 'import.mapping_incomplete'])
  })
})

describe('whoever is known', () => {
  const two = async (duplicates: string) => {
    const [tel, email] = [phone(), `${line}@exemple.ma`]
    const [first] = await rowsOf((await imported(`nom;tel;email\nAncien;${tel};`)).id)
    const done = await imported(`nom;tel;email\nNeuf;${tel};${email}`, duplicates)
    return { done, email, customer: await customerOf(first) }
  }

  it('stays as they are, gets what was unknown, or all that the row says', async () => {
    expect(await two('skip')).toMatchObject({
      done: { unchanged: 1, updated: 0 },
      customer: { name: 'Ancien', email: null },
    })
    const filled = await two('fill')
    expect(filled).toMatchObject({ done: { updated: 1 }, customer: { name: 'Ancien', email: filled.email } })
    expect(await two('overwrite')).toMatchObject({ done: { updated: 1 }, customer: { name: 'Neuf' } })
  })

  it('may be treated otherwise by a row of its own', async () => {
    const [one, other] = [phone(), phone()]
    await imported(`nom;tel\nUn;${one}\nAutre;${other}`)
    const file = await loaded(`nom;tel\nUne;${one}\nAutres;${other}`)
    await owner.put(`/imports/${file.id}/mapping`, { ...file.mapping, duplicates: 'overwrite' })
    await pass(file.id, 'dry-run')
    const changed = await owner.patch(`/imports/${file.id}/rows`, { row: 2, choice: 'skip' })
    expect(changed.body).toMatchObject({ row: 2, choice: 'skip', outcome: 'unchanged' })
    expect(counters(await get(file.id))).toEqual([0, 1, 1, 0, 0])
    expect(counters(await pass(file.id, 'run'))).toEqual([0, 1, 1, 0, 0])
    const rows = await rowsOf(file.id)
    expect([(await customerOf(rows[0])).name, (await customerOf(rows[1])).name]).toEqual(['Une', 'Autre'])
  })

  it('by an e-mail that several have is for a person to say', async () => {
    const email = `famille${phone()}@exemple.ma`
    await imported(`nom;tel;email\nMère;${phone()};${email}\n`)
    const [order] = [await givenOrder(owner, { customer: { name: 'Fils', phone: phone(), email } })]
    expect(order).toBeDefined()
    const file = await imported(`nom;email\nQui;${email}`)
    expect((await rowsOf(file.id))[0]).toMatchObject({ outcome: 'refused', reasons: ['email_ambiguous'] })
  })
})

describe('the same file', () => {
  it('a second time says so, and changes nothing', async () => {
    const content = `nom;tel;email;ville;etiquettes\nAli;${phone()};ali@exemple.ma;Fès;vip, fidèle\nMina;${phone()};;Agadir;`
    const first = await imported(content)
    expect([counters(first), first.sameFileId]).toEqual([[2, 0, 0, 0, 0], null])
    const second = await imported(content)
    expect([counters(second), second.sameFileId]).toEqual([[0, 0, 2, 0, 0], first.id])
  })
})

describe('a refused row', () => {
  it('is put right in its place, and carried out at once', async () => {
    const done = await imported(`nom;tel\nAli;${phone()}\nMina;06 12`)
    expect(counters(done)).toEqual([1, 0, 0, 1, 0])
    const good = phone()
    const fixed = await owner.patch(`/imports/${done.id}/rows`, { row: 2, cells: ['Mina', good] })
    expect(fixed.body).toMatchObject({ row: 2, outcome: 'created', done: true })
    expect(await customerOf(fixed.body)).toMatchObject({ name: 'Mina', phone: e164(good) })
    expect(counters(await get(done.id))).toEqual([2, 0, 0, 0, 0])
    const again = await owner.patch(`/imports/${done.id}/rows`, { row: 2, cells: ['Mina', phone()] })
    expect([again.status, again.body.code]).toEqual([409, 'import.row_settled'])
    expect((await owner.patch(`/imports/${done.id}/rows`, { row: 9 })).body.code).toBe('import.row_not_found')
  })

  it('is downloaded with its reason, and is no formula to a spreadsheet', async () => {
    const done = await imported(`nom;tel\nAli;${phone()}\n=HYPERLINK();06 12`)
    const { status, text, headers } = await owner.get(`/imports/${done.id}/refused`)
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(text).toBe("\ufeffnom;tel;reason\r\n'=HYPERLINK();06 12;phone_impossible\r\n")
  })
})

describe('an import that is undone', () => {
  it('takes away whom it made, brings back whom it changed, and leaves whom others have touched', async () => {
    const [one, two, three, four] = [phone(), phone(), phone(), phone()]
    const [known] = await rowsOf((await imported(`nom;tel;etiquettes\nAncien;${one};vip`)).id)
    const before = await customerOf(known)
    const done = await imported(
      `nom;tel;email;etiquettes\nNeuf;${one};neuf@exemple.ma;gros\nA;${two};;\nA;${two};a@exemple.ma;\nB;${three};;\nC;${four};;`,
      'overwrite',
    )
    expect(counters(done)).toEqual([3, 2, 0, 0, 0])
    const rows = await rowsOf(done.id)
    await givenOrder(owner, { customer: { name: 'C', phone: four } })
    expect(await pass(done.id, 'undo')).toMatchObject({
      status: 'undone',
      undo: { removed: 2, restored: 2, kept: 1, pending: 0 },
      undoable: false,
    })
    const { version: _version, ...same } = await customerOf(known)
    expect(same).toEqual({ ...before, version: undefined, ...same, name: 'Ancien', email: null })
    expect(same.updatedAt).toBe(before.updatedAt)
    expect((await owner.get(`/customers/${rows[1].id}`)).status).toBe(404)
    expect((await owner.get(`/customers/${rows[4].id}`)).status).toBe(200)
    expect((await rowsOf(done.id)).map(({ undo }) => undo)).toEqual([
      'restored',
      'removed',
      'restored',
      'removed',
      'kept',
    ])
    const found = await owner.get(`/search?q=${two}`)
    expect(found.body.customers ?? []).toEqual([])
    expect((await owner.post(`/imports/${done.id}/undo`)).body.code).toBe('import.not_ready')
  })
})

describe('a long import', () => {
  const lines = (count: number) =>
    `nom;tel\n${Array.from({ length: count }, (_, at) => `Client ${at};${phone()}`).join('\n')}`

  it('law 7: stopped and killed between chunks goes on where it was, and doubles nobody', async () => {
    const text = lines(1_199)
    const [, again] = text.split('\n')
    const file = await loaded(`${text}\n${again}`)
    expect(file.status).toBe('reading')
    await api.runJobs()
    // A trial knows from the traces of earlier chunks what a run finds in the base.
    expect(counters(await pass(file.id, 'dry-run'))).toEqual([1_199, 0, 1, 0, 0])
    await owner.post(`/imports/${file.id}/run`)
    expect(await runChunk(api.ctx(), file.id)).toEqual({ over: false, changed: true })
    expect(counters(await get(file.id))).toEqual([500, 0, 0, 0, 700])
    expect((await owner.post(`/imports/${file.id}/stop`)).body).toMatchObject({ status: 'stopped', pending: 700 })
    await api.runJobs()
    expect(counters(await get(file.id))).toEqual([500, 0, 0, 0, 700])
    expect(counters(await pass(file.id, 'run'))).toEqual([1_199, 0, 1, 0, 0])
    expect(await pass(file.id, 'undo')).toMatchObject({ status: 'undone', undo: { removed: 1_199, kept: 0 } })
  })

  it('law 7: killed while its file is read, keeps each row once', async () => {
    const text = lines(1_100)
    const file = await loaded(text)
    const kept = text.split('\n').slice(0, 700)
    const ctx = api.ctx()
    await ctx.transaction(async (tx) => {
      const cells = kept.map((row) => row.split(';'))
      await insertRows(tx, file.id, 0, cells)
      await saveImport(tx, file.id, { keptRows: kept.length })
    })
    await api.runJobs()
    expect(await get(file.id)).toMatchObject({ status: 'read', rows: 1_100, pending: 1_100 })
    expect(counters(await pass(file.id, 'dry-run'))).toEqual([1_100, 0, 0, 0, 0])
  })

  it('law 11: created + updated + unchanged + refused + pending are the rows at every instant', async () => {
    const numbers = Array.from({ length: 40 }, () => phone())
    const cell = fc.oneof(fc.constantFrom(...numbers), fc.constantFrom('', '12', 'x', '0612 rien'))
    const email = fc.constantFrom('', 'pas un mail', 'a@b.ma', 'c@d.ma')
    const rows = fc.array(fc.tuple(fc.string({ maxLength: 8 }), cell, email), { minLength: 1, maxLength: 60 })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('skip', 'fill', 'overwrite'), async (table, duplicates) => {
        const file = await loaded(`nom,tel,email\n${table.map((row) => row.map(quoted).join(',')).join('\n')}\nfin,,`)
        await owner.put(`/imports/${file.id}/mapping`, {
          columns: ['name', 'phone', 'email'],
          hasHeader: true,
          duplicates,
        })
        const tried = await pass(file.id, 'dry-run')
        await owner.post(`/imports/${file.id}/run`)
        const waiting = await get(file.id)
        const done = (await api.runJobs(), await get(file.id))
        for (const one of [file, tried, waiting, done]) expect(sum(one)).toBe(one.rows)
        expect([done.status, done.pending, counters(done)]).toEqual(['done', 0, counters(tried)])
        const listed = await rowsOf(file.id)
        for (const outcome of importOutcomes)
          expect(listed.filter((row) => row.outcome === outcome)).toHaveLength(done[outcome])
      }),
      { numRuns: 12 },
    )
  }, 60_000)
})
