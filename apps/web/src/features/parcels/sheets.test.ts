import type { LabelSheet } from '@sendocki/domain/parcels/parcel-schema'
import { expect, it } from 'vitest'
import { settledSheet } from './sheets.ts'

const sheet = (status: LabelSheet['status']): LabelSheet => ({
  id: 's',
  status,
  format: 'a4',
  parcelIds: [],
  problem: null,
  createdAt: '2026-11-20T10:00:00.000Z',
})
const noPause = async () => undefined

it('asks until the sheet is ready, and not again', async () => {
  const answers = [sheet('pending'), sheet('ready'), sheet('failed')]
  const settled = await settledSheet(sheet('pending'), async () => answers.shift() ?? sheet('failed'), noPause, 9)
  expect(settled?.status).toBe('ready')
  expect(answers).toHaveLength(1)
})

it('hands a failure back as such', async () => {
  expect((await settledSheet(sheet('pending'), async () => sheet('failed'), noPause, 9))?.status).toBe('failed')
})

it('gives up after the last try, with neither pages nor a failure', async () => {
  let asked = 0
  const read = async () => {
    asked += 1
    return sheet('pending')
  }
  expect(await settledSheet(sheet('pending'), read, noPause, 3)).toBeNull()
  expect(asked).toBe(3)
})
