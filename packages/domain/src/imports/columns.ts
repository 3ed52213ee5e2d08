import { readDate } from '../carrier-files/rows.ts'
import { type ColumnsRead, fieldFinder, holdsOnly, once, sampledRows, widthOf } from '../columns.ts'
import { parsePhone } from '../phone.ts'
import { cityById } from '../places/cities.ts'
import { resolvePlace } from '../places/place.ts'
import { isEmail } from './emails.ts'
import { fieldsOf, type ImportField, type ImportKind } from './import.ts'
import { suggestedState } from './status-words.ts'

/*
 * Which column of a merchant's list is what, by its name in French, English and Arabic, else by what stands in it.
 */

export type ImportMapping = ColumnsRead<ImportField>

const names: Readonly<Record<ImportField, readonly string[]>> = {
  name: [
    'nom',
    'nomcomplet',
    'nometprenom',
    'nomprenom',
    'prenometnom',
    'client',
    'nom client',
    'destinataire',
    'name',
    'fullname',
    'customer',
    'customername',
    'contact',
    'الاسم',
    'الاسم الكامل',
    'اسم الزبون',
    'اسم العميل',
    'الزبون',
    'العميل',
  ],
  firstName: ['prenom', 'firstname', 'givenname', 'الاسم الشخصي', 'الاسم الأول'],
  lastName: ['nom famille', 'lastname', 'surname', 'familyname', 'الاسم العائلي', 'النسب', 'اللقب'],
  phone: [
    'telephone',
    'tel',
    'ntel',
    'numero',
    'numero telephone',
    'gsm',
    'mobile',
    'portable',
    'whatsapp',
    'phone',
    'phonenumber',
    'telclient',
    'الهاتف',
    'رقم الهاتف',
    'هاتف',
    'الجوال',
    'النقال',
    'واتساب',
  ],
  alternatePhone: [
    'telephone2',
    'tel2',
    'gsm2',
    'autretelephone',
    'deuxiemetelephone',
    'telephonesecondaire',
    'phone2',
    'otherphone',
    'alternatephone',
    'secondaryphone',
    'هاتف آخر',
    'الهاتف 2',
    'هاتف ثان',
  ],
  email: [
    'email',
    'mail',
    'courriel',
    'adressemail',
    'adresseemail',
    'adresseelectronique',
    'emailaddress',
    'البريد',
    'البريد الإلكتروني',
    'الإيميل',
  ],
  address: [
    'adresse',
    'rue',
    'adressecomplete',
    'adresse livraison',
    'address',
    'address1',
    'streetaddress',
    'street',
    'العنوان',
  ],
  city: ['ville', 'city', 'town', 'المدينة', 'مدينة'],
  district: ['quartier', 'district', 'secteur', 'neighbourhood', 'neighborhood', 'الحي'],
  landmark: ['repere', 'pointderepere', 'landmark', 'نقطة دالة', 'علامة مميزة'],
  tags: ['etiquettes', 'etiquette', 'tags', 'tag', 'groupe', 'segment', 'الوسوم', 'التصنيف'],
  consent: [
    'consentement',
    'optin',
    'accepteemail',
    'accepteslapublicite',
    'consent',
    'acceptsmarketing',
    'acceptsemailmarketing',
    'newsletter',
    'الموافقة',
  ],
  reference: [
    'reference',
    'ref',
    'commande',
    'n commande',
    'numero commande',
    'no commande',
    'id commande',
    'order',
    'order id',
    'order number',
    'order no',
    'رقم الطلب',
    'رقم الطلبية',
    'المرجع',
  ],
  placedAt: [
    'date',
    'date commande',
    'date creation',
    'created at',
    'order date',
    'created',
    'placed at',
    'التاريخ',
    'تاريخ الطلب',
  ],
  status: [
    'statut',
    'etat',
    'status',
    'state',
    'situation',
    'statut commande',
    'statut livraison',
    'order status',
    'delivery status',
    'fulfillment status',
    'الحالة',
    'حالة الطلب',
  ],
  statusAt: [
    'date statut',
    'date livraison',
    'delivered at',
    'delivery date',
    'status date',
    'تاريخ الحالة',
    'تاريخ التسليم',
    'تاريخ التوصيل',
  ],
  confirmedAt: ['date confirmation', 'confirmed at', 'تاريخ التأكيد'],
  shippedAt: ['date expedition', 'date envoi', 'shipped at', 'تاريخ الشحن', 'تاريخ الإرسال'],
  product: [
    'produit',
    'produits',
    'article',
    'articles',
    'designation',
    'nom produit',
    'product',
    'product name',
    'item',
    'line item name',
    'المنتج',
    'المنتوج',
    'السلعة',
  ],
  sku: ['sku', 'reference produit', 'code produit', 'code article', 'line item sku', 'رمز المنتج'],
  quantity: ['quantite', 'qte', 'qty', 'quantity', 'line item quantity', 'الكمية', 'العدد'],
  price: ['prix unitaire', 'prix', 'pu', 'price', 'unit price', 'line item price', 'الثمن', 'السعر'],
  total: [
    'total',
    'montant',
    'montant total',
    'total commande',
    'crbt',
    'cod',
    'montant a encaisser',
    'amount',
    'total price',
    'المجموع',
    'المبلغ',
    'الإجمالي',
  ],
  fee: ['frais livraison', 'livraison', 'frais', 'shipping', 'shipping fee', 'مصاريف التوصيل'],
  tracking: [
    'suivi',
    'tracking',
    'tracking number',
    'numero suivi',
    'n suivi',
    'code suivi',
    'code colis',
    'code envoi',
    'رقم التتبع',
    'التتبع',
  ],
  note: ['note', 'notes', 'remarque', 'remarques', 'commentaire', 'observation', 'comment', 'ملاحظة', 'ملاحظات'],
}

const fieldNamed = fieldFinder(names)

const looksLikePhone = (text: string): boolean => /^[+\d\s.()-]{9,20}$/.test(text) && parsePhone(text).e164 !== null
const looksLikeCity = (text: string): boolean => cityById.has(text) || resolvePlace(text).city.kind === 'exact'
const looksLikeName = (text: string): boolean => /^[\p{L}\p{M}'’.\- ]{2,60}$/u.test(text)
const looksLikeDate = (text: string): boolean => /\d{4}/.test(text) && readDate(text) !== null
const looksLikeState = (text: string): boolean => suggestedState(text) !== null

type Taken = ReadonlySet<ImportField | null>
const phoneOf = (taken: Taken): ImportField => (taken.has('phone') ? 'alternatePhone' : 'phone')

/** What columns without a known name hold, by their first rows; what comes first is looked for first. */
const looks: Readonly<
  Record<ImportKind, readonly (readonly [(text: string) => boolean, (taken: Taken) => ImportField])[]>
> = {
  customers: [
    [looksLikePhone, phoneOf],
    [isEmail, () => 'email'],
    [looksLikeCity, () => 'city'],
    [looksLikeName, () => 'name'],
  ],
  orders: [
    [looksLikePhone, phoneOf],
    [looksLikeDate, (taken) => (taken.has('placedAt') ? 'statusAt' : 'placedAt')],
    [isEmail, () => 'email'],
    [looksLikeState, () => 'status'],
    [looksLikeCity, () => 'city'],
    [looksLikeName, () => 'name'],
  ],
}

const guess = (
  kind: ImportKind,
  rows: readonly (readonly string[])[],
  index: number,
  taken: Taken,
): ImportField | null => {
  const [, fieldOf] = looks[kind].find(([test]) => holdsOnly(rows, index, test)) ?? []
  const field = fieldOf?.(taken) ?? null
  return field === 'name' && taken.has('firstName') ? null : field
}

/** The proposal for a file that nobody has explained yet. */
export const detectImportColumns = (rows: readonly (readonly string[])[], kind: ImportKind): ImportMapping => {
  const [first = []] = rows
  const width = widthOf(rows)
  const columns = Array.from({ length: width }, (_, index) => fieldNamed(first[index] ?? '', fieldsOf[kind]))
  const hasHeader = columns.some((field) => field !== null)
  // Beside a first name, "Nom" is the family's.
  if (columns.includes('firstName') && !columns.includes('lastName')) {
    const at = columns.indexOf('name')
    if (at >= 0) columns[at] = 'lastName'
  }
  const body = rows.slice(hasHeader ? 1 : 0, sampledRows)
  columns.forEach((field, index) => {
    const taken = new Set(columns)
    if (field !== null) return
    const found = guess(kind, body, index, taken)
    columns[index] = found !== null && taken.has(found) ? null : found
  })
  return { columns: once(columns), hasHeader }
}

/** What is missing in a mapping, or twice in it; null when the file can be read by it. */
export const importMappingFault = (kind: ImportKind, { columns }: ImportMapping): 'missing' | 'repeated' | null => {
  const used = columns.filter((field) => field !== null)
  if (new Set(used).size < used.length || used.some((field) => !fieldsOf[kind].includes(field))) return 'repeated'
  const reached = used.includes('phone') || used.includes('email')
  return reached && (kind === 'customers' || used.includes('placedAt')) ? null : 'missing'
}
