import { standingBlock } from '@sendocki/domain/customers/block'
import type { CustomerExportColumn } from '@sendocki/domain/exports/export'
import { phoneSightOf } from '@sendocki/domain/orders/visibility'
import type { Cell } from '@sendocki/domain/spreadsheet'
import type { CustomerRow } from '../customers/index.ts'
import { cityReader, clockReader, dirhams, phoneReader, type Reading, text } from './cells.ts'
import { exportWords } from './words.ts'

type CustomerReading = Pick<Reading, 'format' | 'language' | 'role' | 'now'> & {
  readonly columns: readonly CustomerExportColumn[]
}
type Of = (row: CustomerRow) => Cell

/** How each column of a customer reads for whoever asked: what their role hides is hidden here, for every row. */
const readersOf = (reading: CustomerReading): Readonly<Record<CustomerExportColumn, Of>> => {
  const { language, role, now } = reading
  const words = exportWords[language]
  const hidden = (mask: 'address' | 'financials') => role?.masks.has(mask) ?? false
  const phone = phoneReader(phoneSightOf(role) !== 'always')
  const city = cityReader(language)
  const clock = clockReader()
  const amount = dirhams(reading)
  const where = (value: string | null): Cell => (hidden('address') ? null : text(value, true))
  return {
    customer: ({ name }) => text(name, true),
    phone: (row) => phone(row.phone, true),
    alternatePhone: (row) => phone(row.alternatePhone, true),
    email: ({ email }) => text(email, true),
    city: ({ cityId, cityText }) => city(cityId === null ? cityText : `#${cityId}`, true),
    district: ({ district }) => where(district),
    address: ({ addressLine, landmark }) => where([addressLine, landmark].filter(Boolean).join(', ')),
    tags: ({ tags }) => text(tags.join(', '), true),
    orders: ({ ordersCount }) => ordersCount,
    delivered: ({ deliveredCount }) => deliveredCount,
    returned: ({ returnedCount }) => returnedCount,
    cancelled: ({ cancelledCount }) => cancelledCount,
    deliveredAmount: ({ deliveredCentimes }) => (hidden('financials') ? null : amount(deliveredCentimes, true)),
    firstOrderAt: ({ firstOrderAt }) => clock(firstOrderAt, true),
    lastOrderAt: ({ lastOrderAt }) => clock(lastOrderAt, true),
    consent: ({ marketingConsent }) =>
      marketingConsent === null ? null : words.consent[marketingConsent ? 'given' : 'refused'],
    blocked: (row) => {
      const block = standingBlock(row, now.toISOString())
      return block && words.blocked[block.mode]
    },
  }
}

/** Reads customers into cells of the asked columns. */
export const customerCells = (reading: CustomerReading): ((row: CustomerRow) => Cell[]) => {
  const readers = readersOf(reading)
  return (row) => reading.columns.map((column) => readers[column](row))
}
