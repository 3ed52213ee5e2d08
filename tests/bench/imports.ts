import { readdirSync, readFileSync } from 'node:fs'
import { nameTerms } from '@sendocki/domain/customers/names'
import { phoneSearchTerms } from '@sendocki/domain/phone-search'
import pg from 'pg'
import type { Bench } from './bench.ts'
import { small } from './data.ts'
import { atLeast, type Row } from './report.ts'
import { tokenFor } from './token.ts'

const count = Number(process.env.BENCH_IMPORT ?? 100_000)
const rowsAtOnce = 1_000
const heavyBytes = 50 * 1_048_576
const [merchant] = small

interface Person {
  readonly name: string
  readonly phone: string
  readonly email: string
}

const firstNames = ['Salma', 'Omar', 'Khadija', 'Youssef', 'Hélène', 'سلمى', 'محمد', 'فاطمة']
const lastNames = ['Benali', 'El Idrissi', 'Tahiri', 'Ouazzani', 'العلوي', 'التازي', 'Berrada']

/** Somebody whom the data of the bench does not know: its phones begin otherwise. */
const personAt = (index: number): Person => ({
  name: `${firstNames[index % firstNames.length]} ${lastNames[index % lastNames.length]} ${index % 977}`,
  phone: `+2127${String(70_000_000 + index)}`,
  email: `client-${index}@exemple.ma`,
})

const client = async (bench: Bench) => {
  if (!merchant) throw new Error('The bench has no merchant.')
  const headers = { authorization: `Bearer ${tokenFor(merchant)}` }
  const ask = async (path: string, init: RequestInit = {}): Promise<any> => {
    const response = await fetch(`${bench.apiUrl}/api/v1${path}`, { ...init, headers })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const until = async (id: string, status: string): Promise<any> => {
    for (;;) {
      const file = await ask(`/imports/${id}`)
      if (file.status === status) return file
      if (file.status === 'failed' || file.problem) throw new Error(`${file.status}: ${file.problem}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  const load = async (text: string): Promise<any> => {
    const form = new FormData()
    form.append('kind', 'customers')
    form.append('file', new File([text], 'clients.csv'))
    const { id } = await ask('/imports', { method: 'POST', body: form })
    return until(id, 'read')
  }
  return { ask, until, load }
}

const megabytesOf = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    // It has just ended.
    return 0
  }
}

/** Resident memory of a process and of those it has started for reading. */
const residentOf = (pid: number): number => {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  const readers = children.filter((child) => readFileOf(child).includes('reader.child'))
  return megabytesOf(pid) + readers.reduce((sum, child) => sum + megabytesOf(child), 0)
}
const readFileOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** The most memory above what was there before, while something is done. */
const memoryOver = async (pid: number, work: () => Promise<void>): Promise<number> => {
  const idle = residentOf(pid)
  let most = idle
  const timer = setInterval(() => {
    most = Math.max(most, residentOf(pid))
  }, 50)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return most - idle
}

/**
 * The same customers and what makes them findable, by plain pg as the owner: no row security, no mapping, no duplicates
 * looked for, no journal, no undo. Thrown away at its end. Customers a second.
 */
const multiRowInsert = async (databaseUrl: string, people: readonly Person[]): Promise<number> => {
  const owner = new pg.Client({ connectionString: databaseUrl })
  await owner.connect()
  try {
    await owner.query('begin')
    const began = performance.now()
    for (let start = 0; start < people.length; start += rowsAtOnce) {
      const some = people.slice(start, start + rowsAtOnce).map((person) => ({ ...person, id: crypto.randomUUID() }))
      await owner.query(
        `insert into customers (merchant_id, id, name, phone, email, created_at, updated_at)
         select $1, r.id, r.name, r.phone, r.email, now(), now()
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as r (id, name, phone, email)`,
        [
          merchant?.merchantId,
          some.map(({ id }) => id),
          some.map(({ name }) => name),
          some.map(({ phone }) => phone),
          some.map(({ email }) => email),
        ],
      )
      const terms = some.flatMap(({ id, name, phone, email }) => [
        ...phoneSearchTerms(phone).map((term) => ['phone', term, id] as const),
        ...nameTerms(name).map((term) => ['name', term, id] as const),
        ['email', email, id] as const,
      ])
      await owner.query(
        `insert into search_terms (merchant_id, kind, term, subject_id)
         select $1, t.kind, t.term, t.id from unnest($2::text[], $3::text[], $4::uuid[]) as t (kind, term, id)`,
        [merchant?.merchantId, terms.map(([kind]) => kind), terms.map(([, term]) => term), terms.map(([, , id]) => id)],
      )
    }
    const seconds = (performance.now() - began) / 1_000
    await owner.query('rollback')
    await owner.query('vacuum customers, search_terms')
    return people.length / seconds
  } finally {
    await owner.end()
  }
}

/** 100,000 customers imported against the same rows inserted, and the memory of a file as heavy as may be. */
export const importRows = async (bench: Bench): Promise<Row[]> => {
  const { ask, until, load } = await client(bench)
  const people = Array.from({ length: count }, (_, index) => personAt(index))
  const bare = await multiRowInsert(bench.databaseUrl, people)
  const file = await load(
    `Nom;Téléphone;E-mail\n${people.map(({ name, phone, email }) => `${name};${phone};${email}`).join('\n')}`,
  )
  const began = performance.now()
  await ask(`/imports/${file.id}/run`, { method: 'POST' })
  const done = await until(file.id, 'done')
  const ours = count / ((performance.now() - began) / 1_000)
  if (done.created !== count) throw new Error(`${done.created} of ${count} were created.`)
  await ask(`/imports/${file.id}/undo`, { method: 'POST' })
  await until(file.id, 'undone')
  const note = 'Cliente fidèle, appeler après la prière du soir, livrer chez le voisin du rez-de-chaussée '
  const line = (index: number) => {
    const { name, phone } = personAt(index)
    return `${name};${phone};${note.repeat(2)}${index}\n`
  }
  const lines: string[] = ['Nom;Téléphone;Remarque\n']
  for (let bytes = 0, index = 0; bytes < heavyBytes - 1_000; index += 1) {
    const text = line(index)
    lines.push(text)
    bytes += Buffer.byteLength(text)
  }
  const heavy = lines.join('')
  const memory = await memoryOver(bench.apiPid, async () => {
    const { id } = await load(heavy)
    await ask(`/imports/${id}/dry-run`, { method: 'POST' })
    await until(id, 'tried')
  })
  return [
    atLeast(`Import of ${count} customers, against one multi-row insert of the same rows and terms`, 0.25, {
      ours,
      bare,
      ratio: ours / bare,
    }),
    {
      what: `Import of a file of 50 MiB, ${lines.length - 1} rows, read and tried: memory above idle`,
      limit: '≤ 150 MB',
      figure: `${memory.toFixed(0)} MB`,
      met: memory <= 150,
    },
  ]
}
