import type { CustomerExportColumn, ExportColumn, ExportFormat } from '@sendocki/domain/exports/export'
import type { Language } from '@sendocki/domain/language'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { phoneSightOf, phonesSeenSince, type Sight } from '@sendocki/domain/orders/visibility'
import { formatPhone, isPhoneMask, localPhone, maskPhone } from '@sendocki/domain/phone-format'
import { cityById } from '@sendocki/domain/places/cities'
import type { Cell } from '@sendocki/domain/spreadsheet'
import { wallClockOf } from '@sendocki/domain/time'
import type { Names, RawRow } from './rows.queries.ts'
import { exportWords } from './words.ts'

export interface Reading {
  readonly columns: readonly ExportColumn[]
  readonly format: ExportFormat
  readonly language: Language
  /** The role of whoever asked. */
  readonly role: Sight | null
  readonly now: Date
  readonly names: Names
  readonly pipeline: Pipeline
}

/** As the driver gives it: texts, numbers, instants as ISO 8601, tags as a list. */
type Value = unknown
/** What a value reads as; `seen` says whether this row still shows its phones. */
export type Reader = (value: Value, seen: boolean) => Cell

export const text: Reader = (value) => (value === null || value === '' ? null : String(value))
const named =
  (names: ReadonlyMap<string, string>): Reader =>
  (value) =>
    value === null ? null : (names.get(String(value)) ?? null)
const worded =
  (words: Readonly<Record<string, string>>): Reader =>
  (value) =>
    value === null ? null : (words[String(value)] ?? String(value))

const twoDigits = (hour: number): string => String(hour).padStart(2, '0')

/** By how many whole hours the Moroccan clock is ahead all day long; not a number on a day when it is moved. */
const shiftOn = (day: string): number => {
  const [atStart, atEnd] = [`${day}T00:00:00Z`, `${day}T23:59:00Z`].map((instant) => {
    const wall = wallClockOf(instant)
    return Date.parse(`${wall.day}T${twoDigits(wall.hour)}:${twoDigits(wall.minute)}:00Z`) - Date.parse(instant)
  })
  const hours = Number(atStart) / 3_600_000
  return atStart === atEnd && Number.isInteger(hours) ? hours : Number.NaN
}

/** The tables of time zones are asked once a day of the file, and for hours that are not plainly of that day. */
export const clockReader = (): Reader => {
  const shifts = new Map<string, number>()
  const shiftOf = (day: string): number => {
    const known = shifts.get(day)
    if (known !== undefined) return known
    const shift = shiftOn(day)
    shifts.set(day, shift)
    return shift
  }
  return (value) => {
    if (value === null) return null
    const instant = String(value)
    const day = instant.slice(0, 10)
    const hour = Number(instant.slice(11, 13)) + shiftOf(day)
    const minute = instant.slice(14, 16)
    if (hour >= 0 && hour < 24) return `${day} ${twoDigits(hour)}:${minute}`
    const wall = wallClockOf(instant)
    return `${wall.day} ${twoDigits(wall.hour)}:${minute}`
  }
}

/** Dirhams: a number in a workbook, and in a text file the decimals as the language writes them. */
export const dirhams = ({ format, language }: Pick<Reading, 'format' | 'language'>): Reader => {
  const comma = format === 'csv' && language !== 'en'
  return (value) => {
    if (value === null) return null
    const amount = Number(value) / 100
    return comma && !Number.isInteger(amount) ? amount.toFixed(2).replace('.', ',') : amount
  }
}

const hiddenPhone = (phone: string) => (phone.startsWith('+') ? formatPhone(maskPhone(phone)) : null)
export const phoneReader =
  (mask: boolean): Reader =>
  (value, seen) => {
    if (value === null) return null
    const phone = String(value)
    if (mask || !seen) return hiddenPhone(phone)
    return isPhoneMask(phone) ? phone : (localPhone(phone) ?? phone)
  }

export const cityReader = (language: Language): Reader => {
  return (value) => {
    if (value === null) return null
    const written = String(value)
    if (!written.startsWith('#')) return written
    const city = cityById.get(written.slice(1))
    return city ? city[language] : null
  }
}

/** How each column reads for whoever asked: what their role hides is hidden here, once, for every row. */
const readersOf = (reading: Reading): Readonly<Record<ExportColumn, Reader>> => {
  const { language, role, names, pipeline } = reading
  const words = exportWords[language]
  const sight = phoneSightOf(role)
  const phone = phoneReader(sight === 'never' || sight === 'held')
  const address: Reader = role?.masks.has('address') ? () => null : text
  const clock = clockReader()
  const amount = dirhams(reading)
  const stages = new Map(pipeline.stages.map(({ id, name }) => [id, name[language] || name.fr]))
  return {
    number: (value) => (value === null ? null : Number(value)),
    reference: text,
    placedAt: clock,
    customer: text,
    phone,
    alternatePhone: phone,
    city: cityReader(language),
    district: address,
    address,
    products: text,
    total: amount,
    codAmount: amount,
    stage: named(stages),
    stateSince: clock,
    assignee: named(names.members),
    tags: (value) => (Array.isArray(value) && value.length > 0 ? value.join(', ') : null),
    carrier: named(names.carriers),
    trackingNumber: text,
    parcel: worded(words.parcel),
    cash: worded(words.cash),
    risk: worded(words.risk),
    store: named(names.stores),
    note: text,
  }
}

/** Reads rows as they leave the database into cells of the asked columns. */
export const cellReader = (reading: Reading): ((row: RawRow) => Cell[]) => {
  const readers = readersOf(reading)
  const columns = reading.columns.map((column) => readers[column as ExportColumn])
  const passing = phoneSightOf(reading.role) === 'until_settled'
  const since = phonesSeenSince(reading.now)
  return ([_key, _id, endedAt = null, ...values]) => {
    const seen = !passing || endedAt === null || String(endedAt) >= since
    return columns.map((read, index) => read(values[index] ?? null, seen))
  }
}

export const headingsOf = ({
  columns,
  language,
}: {
  readonly columns: readonly (ExportColumn | CustomerExportColumn)[]
  readonly language: Language
}): string[] => columns.map((column) => exportWords[language].columns[column])
