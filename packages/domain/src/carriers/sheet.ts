import { type Static, Type } from 'typebox'
import { parcelsAtOnce } from '../parcels/parcel-schema.ts'
import { localPhone } from '../phone-format.ts'
import { closed, Line, named, nullable, oneOf, Text, Uuid } from '../schema.ts'
import { type Cell, csvSeparators } from '../spreadsheet.ts'

/*
 * The file that a carrier's portal imports: which columns, in which order, under which names, with phones written in which
 * way. Chosen once for each carrier account and remembered.
 */

export const sheetFields = [
  'reference',
  'orderNumber',
  'trackingNumber',
  'customerName',
  'phone',
  'alternatePhone',
  'city',
  'district',
  'address',
  'amount',
  'products',
  'quantity',
  'note',
  'allowOpen',
  'allowTry',
  'fragile',
  'exchange',
  'exchangeOf',
  'agency',
  'shipNotBefore',
  'text',
] as const
export type SheetField = (typeof sheetFields)[number]

/** `0612345678`, `+212612345678`, `212612345678` or `612345678`. Source: integrations.md 2.10. */
export const phoneFormats = ['local', 'plus', 'international', 'nine'] as const
export type PhoneFormat = (typeof phoneFormats)[number]

export const SheetLayout = named(
  'SheetLayout',
  closed({
    columns: Type.Array(
      closed({
        field: oneOf(sheetFields),
        header: Line(80),
        /** What every row says in a column of the field `text`. */
        value: Type.Optional(nullable(Text(120))),
      }),
      { minItems: 1, maxItems: 40 },
    ),
    phoneFormat: oneOf(phoneFormats),
    separator: oneOf(csvSeparators),
    /** What portals want to read where an option is asked for or not. */
    yes: Line(20),
    no: Line(20),
  }),
)
export type SheetLayout = Static<typeof SheetLayout>

/** What most portals ask for, until somebody says otherwise. */
export const usualLayout: SheetLayout = {
  columns: [
    { field: 'reference', header: 'Référence' },
    { field: 'customerName', header: 'Destinataire' },
    { field: 'phone', header: 'Téléphone' },
    { field: 'city', header: 'Ville' },
    { field: 'address', header: 'Adresse' },
    { field: 'amount', header: 'Montant' },
    { field: 'products', header: 'Produits' },
    { field: 'note', header: 'Remarque' },
  ],
  phoneFormat: 'local',
  separator: ';',
  yes: 'Oui',
  no: 'Non',
}

export const sheetFormats = ['csv', 'xlsx'] as const
export type SheetFormat = (typeof sheetFormats)[number]
export const WriteSheet = named(
  'WriteSheet',
  closed({
    parcelIds: Type.Array(Uuid, { minItems: 1, maxItems: parcelsAtOnce, uniqueItems: true }),
    format: oneOf(sheetFormats),
  }),
)
export type WriteSheet = Static<typeof WriteSheet>

/** A parcel with what its order says, as far as a portal may ask. */
export interface SheetRow {
  readonly reference: string
  readonly orderNumber: number
  readonly trackingNumber: string | null
  readonly customerName: string | null
  /** E.164, or a mask. */
  readonly phone: string | null
  readonly alternatePhone: string | null
  /** By the carrier's own name, where it is known. */
  readonly city: string | null
  readonly district: string | null
  readonly address: string | null
  readonly amountCentimes: number
  readonly products: readonly { readonly name: string; readonly quantity: number }[]
  readonly note: string | null
  readonly allowOpen: boolean | null
  readonly allowTry: boolean | null
  readonly fragile: boolean | null
  readonly exchange: boolean
  /** The carrier's number of the parcel that is swapped, where it is known. */
  readonly exchangeOf: string | null
  readonly agency: boolean
  /** `YYYY-MM-DD` */
  readonly shipNotBefore: string | null
}

/** A phone as the portal takes it. A foreign one keeps its country, which no short form could tell. */
export const writtenPhone = (e164: string, format: PhoneFormat): string => {
  const local = localPhone(e164)
  if (format === 'plus' || local === null) return e164
  if (format === 'international') return e164.slice(1)
  return format === 'nine' ? local.slice(1) : local
}

const phoneCell = (e164: string | null, { phoneFormat }: SheetLayout): Cell =>
  e164 === null ? null : writtenPhone(e164, phoneFormat)

const optionCell = (value: boolean | null, { yes, no }: SheetLayout): Cell => (value === null ? null : value ? yes : no)

const cells: Record<SheetField, (row: SheetRow, layout: SheetLayout, value: string | null) => Cell> = {
  reference: ({ reference }) => reference,
  orderNumber: ({ orderNumber }) => orderNumber,
  trackingNumber: ({ trackingNumber }) => trackingNumber,
  customerName: ({ customerName }) => customerName,
  phone: ({ phone }, layout) => phoneCell(phone, layout),
  alternatePhone: ({ alternatePhone }, layout) => phoneCell(alternatePhone, layout),
  city: ({ city }) => city,
  district: ({ district }) => district,
  address: ({ address }) => address,
  amount: ({ amountCentimes }) => amountCentimes / 100,
  products: ({ products }) => products.map(({ name, quantity }) => `${quantity} x ${name}`).join(', '),
  quantity: ({ products }) => products.reduce((sum, { quantity }) => sum + quantity, 0),
  note: ({ note }) => note,
  allowOpen: ({ allowOpen }, layout) => optionCell(allowOpen, layout),
  allowTry: ({ allowTry }, layout) => optionCell(allowTry, layout),
  fragile: ({ fragile }, layout) => optionCell(fragile, layout),
  exchange: ({ exchange }, layout) => optionCell(exchange, layout),
  exchangeOf: ({ exchangeOf }) => exchangeOf,
  agency: ({ agency }, layout) => optionCell(agency, layout),
  shipNotBefore: ({ shipNotBefore }) => shipNotBefore,
  text: (_row, _layout, value) => value,
}

/** One parcel as a line of the portal's file. */
export const sheetLine = (row: SheetRow, layout: SheetLayout): Cell[] =>
  layout.columns.map(({ field, value = null }) => cells[field](row, layout, value))
