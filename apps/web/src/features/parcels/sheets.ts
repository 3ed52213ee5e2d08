import type { LabelSheet } from '@sendocki/domain/parcels/parcel-schema'

/** Asks until the sheet is no longer pending. Null when it still is after the last try. */
export const settledSheet = async (
  sheet: LabelSheet,
  read: (id: string) => Promise<LabelSheet>,
  pause: () => Promise<void>,
  tries: number,
): Promise<LabelSheet | null> => {
  if (sheet.status !== 'pending') return sheet
  if (tries === 0) return null
  await pause()
  return settledSheet(await read(sheet.id), read, pause, tries - 1)
}
