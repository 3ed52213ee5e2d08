import { type ColumnsRead, fieldFinder, holdsOnly, once, sampledRows, widthOf } from '../columns.ts'
import { parsePhone } from '../phone.ts'

/*
 * Which column of a carrier's file is what. A file is laid out by its carrier; the proposal comes from the names of the
 * columns and, without names, from what stands in them. A person has the last word, and it is remembered.
 */

/** `places`: cities and fees · `tracking`: numbers and statuses · `payout`: parcels that were paid. */
export const carrierFileKinds = ['places', 'tracking', 'payout'] as const
export type CarrierFileKind = (typeof carrierFileKinds)[number]

export const columnFields = [
  'tracking',
  'reference',
  'orderNumber',
  'phone',
  'status',
  'date',
  'comment',
  'amount',
  'fee',
  'city',
  'deliveredFee',
  'refusedFee',
  'returnedFee',
  'delay',
] as const
export type ColumnField = (typeof columnFields)[number]

/** What each kind of file can say; the first field of each is what it cannot do without. */
export const fieldsOf: Readonly<Record<CarrierFileKind, readonly ColumnField[]>> = {
  places: ['city', 'deliveredFee', 'refusedFee', 'returnedFee', 'delay'],
  tracking: ['tracking', 'reference', 'orderNumber', 'phone', 'status', 'date', 'comment', 'amount'],
  payout: ['tracking', 'reference', 'orderNumber', 'phone', 'amount', 'fee'],
}

/** Any of these tells which parcel a row is about. */
export const naming: readonly ColumnField[] = ['tracking', 'reference', 'orderNumber', 'phone']

export type ColumnMapping = ColumnsRead<ColumnField>

/** Names of columns as carriers write them, by the key of a text without blanks, accents and case. */
const names: Readonly<Record<ColumnField, readonly string[]>> = {
  tracking: [
    'suivi',
    'tracking',
    'trackingnumber',
    'numerodesuivi',
    'nsuivi',
    'code',
    'codecolis',
    'codesuivi',
    'codedenvoi',
    'numeroducolis',
    'ncolis',
    'colis',
    'barcode',
    'codebarre',
    'رقم التتبع',
    'التتبع',
  ],
  reference: ['reference', 'ref', 'votrereference', 'refcolis', 'refclient', 'المرجع'],
  orderNumber: ['commande', 'ncommande', 'numerodecommande', 'order', 'ordernumber', 'idcommande', 'رقم الطلب'],
  phone: ['telephone', 'tel', 'phone', 'gsm', 'mobile', 'telclient', 'numero', 'الهاتف'],
  status: ['statut', 'status', 'etat', 'situation', 'الحالة'],
  date: ['date', 'datestatut', 'datelivraison', 'datedelivraison', 'datedernierstatut', 'modifiele', 'التاريخ'],
  comment: ['commentaire', 'comment', 'remarque', 'note', 'observation', 'ملاحظة'],
  amount: ['montant', 'prix', 'amount', 'cod', 'crbt', 'total', 'montantaencaisser', 'المبلغ'],
  fee: ['frais', 'fraisdelivraison', 'fraislivraison', 'fee', 'commission', 'الرسوم'],
  city: ['ville', 'city', 'destination', 'zone', 'المدينة'],
  deliveredFee: [
    'livraison',
    'tarif',
    'tariflivraison',
    'fraislivraison',
    'fraisdelivraison',
    'prix',
    'livre',
    'delivered',
    'التوصيل',
  ],
  refusedFee: ['refus', 'tarifrefus', 'fraisrefus', 'fraisderefus', 'refuse', 'refused', 'annulation', 'الرفض'],
  returnedFee: ['retour', 'tarifretour', 'fraisretour', 'fraisderetour', 'returned', 'الإرجاع'],
  delay: ['delai', 'delais', 'delay', 'المدة'],
}

const fieldNamed = fieldFinder(names)

const looksLikePhone = (text: string): boolean => /^[+\d\s.-]{9,16}$/.test(text) && parsePhone(text).verdict === 'good'
const looksLikeDate = (text: string): boolean => /^\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}/.test(text)
const looksLikeCode = (text: string): boolean => /^(?=.*\d)[A-Za-z0-9_/-]{5,}$/.test(text)

/** What columns without a name hold, by their first rows: enough for a list that somebody has pasted. */
const guessed = (rows: readonly (readonly string[])[], kind: CarrierFileKind, width: number) => {
  const all = (index: number, test: (text: string) => boolean): boolean => holdsOnly(rows, index, test)
  return Array.from({ length: width }, (_, index): ColumnField | null => {
    if (kind === 'places') return index === 0 ? 'city' : (fieldsOf.places[index] ?? null)
    if (all(index, looksLikePhone)) return 'phone'
    if (all(index, looksLikeDate)) return kind === 'tracking' ? 'date' : null
    if (all(index, looksLikeCode)) return 'tracking'
    if (kind === 'tracking' && all(index, (text) => /\p{L}/u.test(text))) return 'status'
    return width === 1 ? 'tracking' : null
  })
}

/** The proposal for a file that nobody has explained yet. */
export const detectColumns = (rows: readonly (readonly string[])[], kind: CarrierFileKind): ColumnMapping => {
  const [first = []] = rows
  const width = widthOf(rows)
  const byName = Array.from({ length: width }, (_, index) => fieldNamed(first[index] ?? '', fieldsOf[kind]))
  if (byName.some((field) => field !== null)) return { columns: once(byName), hasHeader: true }
  return { columns: once(guessed(rows.slice(0, sampledRows), kind, width)), hasHeader: false }
}

/** What is missing in a mapping, or twice in it; null when the file can be read by it. */
export const mappingFault = (kind: CarrierFileKind, { columns }: ColumnMapping): 'missing' | 'repeated' | null => {
  const used = columns.filter((field) => field !== null)
  if (used.some((field) => !fieldsOf[kind].includes(field)) || new Set(used).size < used.length) return 'repeated'
  const enough = kind === 'places' ? used.includes('city') : used.some((field) => naming.includes(field))
  return enough ? null : 'missing'
}
