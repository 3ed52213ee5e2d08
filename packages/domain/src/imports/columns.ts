import { type ColumnsRead, fieldFinder, holdsOnly, once, sampledRows, widthOf } from '../columns.ts'
import { parsePhone } from '../phone.ts'
import { cityById } from '../places/cities.ts'
import { resolvePlace } from '../places/place.ts'
import { isEmail } from './emails.ts'
import { type CustomerField, customerFields } from './import.ts'

/*
 * Which column of a merchant's list is what, by its name in French, English and Arabic, else by what stands in it.
 */

export type ImportMapping = ColumnsRead<CustomerField>

const names: Readonly<Record<CustomerField, readonly string[]>> = {
  name: [
    'nom',
    'nomcomplet',
    'nometprenom',
    'nomprenom',
    'prenometnom',
    'client',
    'nomduclient',
    'nomclient',
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
  lastName: ['nomdefamille', 'lastname', 'surname', 'familyname', 'الاسم العائلي', 'النسب', 'اللقب'],
  phone: [
    'telephone',
    'tel',
    'ntel',
    'numero',
    'numerodetelephone',
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
    'adressedelivraison',
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
}

const fieldNamed = fieldFinder(names)

const looksLikePhone = (text: string): boolean => /^[+\d\s.()-]{9,20}$/.test(text) && parsePhone(text).e164 !== null
const looksLikeCity = (text: string): boolean => cityById.has(text) || resolvePlace(text).city.kind === 'exact'
const looksLikeName = (text: string): boolean => /^[\p{L}\p{M}'’.\- ]{2,60}$/u.test(text)

/** What columns without a known name hold, by their first rows. */
const guess = (
  rows: readonly (readonly string[])[],
  index: number,
  taken: ReadonlySet<CustomerField | null>,
): CustomerField | null => {
  const holds = (test: (text: string) => boolean): boolean => holdsOnly(rows, index, test)
  if (holds(looksLikePhone)) return taken.has('phone') ? 'alternatePhone' : 'phone'
  if (holds(isEmail)) return 'email'
  if (holds(looksLikeCity)) return 'city'
  return holds(looksLikeName) && !taken.has('firstName') ? 'name' : null
}

/** The proposal for a file that nobody has explained yet. */
export const detectImportColumns = (rows: readonly (readonly string[])[]): ImportMapping => {
  const [first = []] = rows
  const width = widthOf(rows)
  const columns = Array.from({ length: width }, (_, index) => fieldNamed(first[index] ?? '', customerFields))
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
    const found = guess(body, index, taken)
    columns[index] = found !== null && taken.has(found) ? null : found
  })
  return { columns: once(columns), hasHeader }
}

/** What is missing in a mapping, or twice in it; null when the file can be read by it. */
export const importMappingFault = ({ columns }: ImportMapping): 'missing' | 'repeated' | null => {
  const used = columns.filter((field) => field !== null)
  if (new Set(used).size < used.length) return 'repeated'
  return used.includes('phone') || used.includes('email') ? null : 'missing'
}
