import { ApiProblem } from '@sendocki/client/problem'
import { mediaBytes, mediaBytesMost, megabytesOf, readMedia } from '@sendocki/domain/whatsapp/media'

const refused = (code: string, params: object = {}): ApiProblem =>
  new ApiProblem({ status: 422, code, params: { ...params } }, null)

/** The name of a file as the API takes it: one line. */
const nameOf = ({ name }: File): string | null =>
  name
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 200) || null

/** The name under which a file may go out. Throws the refusal in words when WhatsApp would not take what its bytes are. */
export const nameOfSendable = async (file: File): Promise<string | null> => {
  if (file.size > mediaBytesMost) throw refused('media.too_large', { most: megabytesOf('document') })
  const name = nameOf(file)
  const reading = readMedia(new Uint8Array(await file.arrayBuffer()), name)
  if (!reading) throw refused('media.type_unsupported')
  if (file.size > mediaBytes[reading.kind]) throw refused('media.too_large', { most: megabytesOf(reading.kind) })
  return name
}

/** Sounds that a browser may record and WhatsApp plays, the better first. */
const recordable = ['audio/ogg;codecs=opus', 'audio/mp4;codecs=mp4a.40.2'] as const

/** As what a voice note can be recorded here; null where the browser knows neither form. */
export const recordingType = (knows: (type: string) => boolean): string | null => recordable.find(knows) ?? null

/** The file of a recording, named by its form. */
export const recordingFile = (parts: readonly Blob[], type: string): File =>
  new File([...parts], type.startsWith('audio/ogg') ? 'voice.ogg' : 'voice.m4a', { type })

const units = [
  [1_048_576, 'megabytes'],
  [1_024, 'kilobytes'],
] as const

/** How large a file is, in the unit in which people say it. */
export const sizeOf = (bytes: number): { readonly unit: 'megabytes' | 'kilobytes'; readonly size: number } => {
  const [per, unit] = units.find(([least]) => bytes >= least) ?? units[1]
  return { unit, size: Math.max(1, Math.round((bytes / per) * 10) / 10) }
}
