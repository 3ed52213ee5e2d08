import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepOnDisk } from './disk.ts'
import type { KeptFiles } from './port.ts'

let folder = ''
let files: KeptFiles
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sendocki-kept-'))
  files = keepOnDisk(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const contentOf = async (name: string): Promise<string | null> => {
  const found = await files.read(name)
  return found && text(found.stream)
}

it('shows a file when it is whole, and not before', async () => {
  const file = await files.begin('exports/a/1.csv')
  await file.write('un;')
  expect(await contentOf('exports/a/1.csv')).toBeNull()
  await file.write('سلمى')
  expect(await file.keep()).toBe(Buffer.byteLength('un;سلمى'))
  expect(await contentOf('exports/a/1.csv')).toBe('un;سلمى')
})

it('lets two processes write one file without spoiling either', async () => {
  const [one, other] = [await files.begin('exports/a/2.csv'), await files.begin('exports/a/2.csv')]
  await one.write('un')
  await other.write('deux')
  await other.keep()
  await one.keep()
  expect(await contentOf('exports/a/2.csv')).toBe('un')
})

it('leaves nothing of what was dropped, and removes what a killed process left', async () => {
  const dropped = await files.begin('exports/b/3.csv')
  await dropped.write('rien')
  await dropped.drop()
  const killed = await files.begin('exports/b/4.csv')
  await killed.write('moitié')
  await files.remove('exports/b/4.csv')
  expect(await readdir(join(folder, 'exports/b'))).toEqual([])
  await files.remove('exports/nowhere/5.csv')
  await killed.drop()
})

it.each(['../secret.csv', '/etc/passwd.csv', 'exports/A.csv', 'exports/a', 'exports//a.csv', ''])(
  'takes no name that is not ours: "%s"',
  async (name) => {
    await expect(files.begin(name)).rejects.toThrow('is no name of a kept file')
    await expect(files.read(name)).rejects.toThrow('is no name of a kept file')
  },
)
