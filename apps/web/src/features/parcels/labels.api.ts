import { ApiProblem } from '@sendocki/client/problem'
import type { LabelFormat, LabelSheet } from '@sendocki/domain/parcels/parcel-schema'
import { api, bodyOf } from '../../lib/api.ts'
import { settledSheet } from './sheets.ts'

const at = (id: string) => ({ params: { path: { id } } })

/** The pages at once, or the sheet to come back for when the carrier is slow. */
const askLabels = async (parcelIds: string[], format: LabelFormat): Promise<Blob | LabelSheet> => {
  const answer: Promise<{ data?: unknown }> = api.POST('/api/v1/labels', {
    body: { parcelIds, format },
    parseAs: 'blob',
  })
  const body = (await bodyOf(answer)) as Blob
  return body.type.startsWith('application/pdf') ? body : (JSON.parse(await body.text()) as LabelSheet)
}

const readSheet = (id: string): Promise<LabelSheet> => bodyOf(api.GET('/api/v1/labels/{id}', at(id)))

const readSheetFile = async (id: string): Promise<Blob> => {
  const answer: Promise<{ data?: unknown }> = api.GET('/api/v1/labels/{id}/file', { ...at(id), parseAs: 'blob' })
  return (await bodyOf(answer)) as Blob
}

const pauseMilliseconds = 2_000
/** With ten seconds of waiting at the API, about two minutes in all. */
const sheetTries = 55

/** The pages of labels as PDF; null when the carrier has not given them in about two minutes. */
export const fetchLabels = async (parcelIds: string[], format: LabelFormat): Promise<Blob | null> => {
  const asked = await askLabels(parcelIds, format)
  if (asked instanceof Blob) return asked
  const pause = () => new Promise<void>((resume) => setTimeout(resume, pauseMilliseconds))
  const sheet = await settledSheet(asked, readSheet, pause, sheetTries)
  if (sheet?.status === 'failed')
    throw new ApiProblem({ status: 409, code: sheet.problem ?? 'label.not_available' }, null)
  return sheet && readSheetFile(sheet.id)
}
