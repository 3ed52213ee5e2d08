import { expect, it } from 'vitest'
import { createLog, type Log } from './log.ts'

/** The lines that are written while the work logs. */
const linesOf = (work: (log: Log) => void): string[] => {
  const lines: string[] = []
  work(createLog('info', { write: (line) => void lines.push(line) }))
  return lines
}

it.each([
  '+212661234987',
  '00212661234987',
  '212661234987',
  '0661234987',
  '06 61 23 49 87',
  '06.61.23.49.87',
  '+212 6 61-23-49-87',
  '+212 (0) 661 23 49 87',
])('masks %s wherever it stands', (phone) => {
  const [line = ''] = linesOf((log) => log.warn({ cause: `Key (phone)=(${phone}) exists` }, `said ${phone}.`))
  expect(line).not.toContain(phone)
  expect(line.replaceAll(/\D/g, '')).not.toContain('661234987')
  expect(line.match(/••••••/g)).toHaveLength(2)
})

it('leaves ids and instants as they are', () => {
  const id = '01a2b3c4-0612-7345-8678-0661234987ab'
  const [line = ''] = linesOf((log) => log.info({ requestId: id, at: '2026-07-06T12:34:56.789Z' }, 'request'))
  expect(line).toContain(id)
  expect(line).toContain('2026-07-06T12:34:56.789Z')
})

it('removes secrets at every depth', () => {
  const secret = 'hunter2-hunter2'
  const [line = ''] = linesOf((log) =>
    log.info({ password: secret, a: { token: secret, b: { credentials: { x: secret }, c: { code: secret } } } }, 'x'),
  )
  expect(line).not.toContain(secret)
})

it('tells a failed statement without its values, the cause included', () => {
  const cause = Object.assign(new Error('duplicate key value'), {
    code: '23505',
    detail: 'Key (email)=(salma@example.ma) already exists.',
  })
  const failed = Object.assign(
    new Error('Failed query: insert into users values ($1, $2)\nparams: salma@example.ma,Salma\nBennis', { cause }),
    { query: 'insert …', params: ['salma@example.ma'] },
  )
  const [line = ''] = linesOf((log) => log.error({ err: failed }, 'request failed'))
  expect(line).toContain('insert into users values ($1, $2)')
  expect(line).toContain('23505')
  expect(line).not.toMatch(/salma|Bennis/i)
})

it('writes one line an event, whatever the text holds', () => {
  const lines = linesOf((log) => log.info({ name: 'a\r\n{"level":"error"}\u001b[31m' }, 'b\nc'))
  expect(lines).toHaveLength(1)
  expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n\u001b]/)
})
