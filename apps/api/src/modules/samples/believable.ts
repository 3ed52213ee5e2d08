import { startOfDay } from '@sendocki/domain/time'
import type { ShopOrder } from '../../adapters/stores/port.ts'
import type { Chance } from './chance.ts'

const names = [
  'Fatima Zahra El Idrissi',
  'Hicham Bouazza',
  'Meryem Chraibi',
  'Omar Lahlou',
  'Zineb Kettani',
  'Amal Zniber',
  'Rachid Ouhssaine',
  'Naïma Haddad',
  'Karim Zeroual',
  'Latifa Sebti',
  'Jaouad Chafik',
  'Btissam Raji',
  'Khadija Ouazzani',
  'Yassine Benali',
  'Imane Tazi',
  'Abdellah Aït Ben Haddou',
  'Houda El Fassi',
  'Samir Belkacem',
  'Soukaina Mernissi',
  'Mehdi Alaoui',
  'Aïcha Boutaleb',
  'Nabil Amrani',
  'Rim Guessous',
  'Ghita Slaoui',
  'Driss Filali',
  'Salwa Rami',
  'Anas Kabbaj',
  'Hanane Jaidi',
  'Ilyas Ghazi',
  'Nezha Ouardi',
  'Hamid Zouiten',
  'Asmae Lamrani',
  'Bilal Cherkaoui',
  'Malika Jebbour',
  'Rita Bensaïd',
  'Jalal Bekkali',
  'Mouna Skalli',
  'Younes Tahiri',
  'Siham Berrada',
  'Othmane Lazrak',
  'سعاد أيت الحاج',
  'عبد الرحيم المنصوري',
  'نادية بنعيسى',
  'محمد العلوي',
  'خديجة بنجلون',
  'يوسف الإدريسي',
  'مريم الفاسي',
  'حسن أوبلقاس',
  'زينب الركراكي',
  'عبد الله الناصري',
  'فاطمة الزهراء بوعزة',
  'كريم التازي',
  'ليلى السباعي',
  'إبراهيم أمزيان',
] as const

/** Cities as people write them, with some of their quarters, by how many orders come from there. */
const places: readonly (readonly [{ city: string; districts: readonly string[] }, number])[] = [
  [{ city: 'Casablanca', districts: ['Maârif', 'Aïn Sebaâ', 'Sidi Moumen', 'Bourgogne', 'Oasis', 'Hay Hassani'] }, 20],
  [{ city: 'casa', districts: ['derb sultan', 'Sidi Maarouf'] }, 5],
  [{ city: 'الدار البيضاء', districts: ['المعاريف', 'عين الشق'] }, 5],
  [{ city: 'Rabat', districts: ['Agdal', 'Hay Riad', 'Océan', 'Yacoub El Mansour'] }, 9],
  [{ city: 'Salé', districts: ['Tabriquet', 'Hay Salam'] }, 6],
  [{ city: 'Marrakech', districts: ['Guéliz', 'Daoudiate', 'Massira'] }, 8],
  [{ city: 'مراكش', districts: ['جليز'] }, 2],
  [{ city: 'Fès', districts: ['Narjiss', 'Saïss'] }, 6],
  [{ city: 'Tanger', districts: ['Malabata', 'Iberia', 'Branes'] }, 7],
  [{ city: 'طنجة', districts: ['مالاباطا'] }, 2],
  [{ city: 'Agadir', districts: ['Talborjt', 'Dakhla'] }, 5],
  [{ city: 'Meknès', districts: ['Hamria'] }, 4],
  [{ city: 'Oujda', districts: ['Lazaret'] }, 3],
  [{ city: 'Kénitra', districts: ['Bir Rami'] }, 3],
  [{ city: 'Tétouan', districts: [] }, 3],
  [{ city: 'El Jadida', districts: [] }, 2],
  [{ city: 'Safi', districts: [] }, 2],
  [{ city: 'Béni Mellal', districts: [] }, 2],
  [{ city: 'Nador', districts: [] }, 2],
  [{ city: 'Laâyoune', districts: [] }, 1],
  [{ city: 'Ouarzazate', districts: [] }, 1],
  [{ city: 'Khouribga', districts: [] }, 1],
]

/** SKU, name as the shop writes it, price in dirhams. */
const products = [
  ['LAMP-N', 'Lampe solaire, noir', 219],
  ['LAMP-B', 'Lampe solaire, blanc', 219],
  ['CAFTAN-V', 'Caftan brodé, vert, M', 890],
  ['CEINT-D', 'Ceinture sfifa, dorée', 350],
  ['ARGAN-50', 'Huile d’argan, 50 ml', 149],
  ['ARGAN-100', 'Huile d’argan, 100 ml', 249],
  ['MONTRE-A', 'Montre Atlas acier, noir', 640],
  ['THE-SET', 'Service à thé, 6 verres', 299],
  ['BABOU-42', 'Babouches cuir, 42', 180],
  ['TAPIS-S', 'Tapis berbère, 60 × 90', 735],
  ['SAVON-N', 'Savon noir et gant', 99],
  ['SAC-CU', 'Sac en cuir, camel', 420],
] as const

/** Orders by the hour on Moroccan clocks: nobody at dawn, most of them in the evening. */
const hours: readonly (readonly [number, number])[] = [
  [0, 4],
  [1, 3],
  [7, 1],
  [8, 2],
  [9, 3],
  [10, 4],
  [11, 5],
  [12, 5],
  [13, 5],
  [14, 5],
  [15, 4],
  [16, 4],
  [17, 5],
  [18, 6],
  [19, 8],
  [20, 9],
  [21, 10],
  [22, 8],
  [23, 5],
]

/** An instant of a Moroccan day, in milliseconds, at an hour when people buy. */
export const buyingTime = (chance: Chance, day: string): number =>
  Date.parse(startOfDay(day)) + (chance.weighted(hours) * 3_600 + chance.between(0, 3_599)) * 1_000

/** How many orders in a hundred miss their phone, and how many their city. */
const withoutPhone = 0.008
const withoutCity = 0.008

/** A believable order of a Moroccan shop, with the oddities that shops have: notations, scripts, gaps. */
export const believableOrder = (chance: Chance, at: number, number: number): ShopOrder => {
  const { city, districts } = chance.weighted(places)
  const lines = Array.from({ length: chance.happens(0.3) ? 2 : 1 }, () => {
    const [sku, name, price] = chance.pick(products)
    return { externalId: null, sku, name, quantity: chance.happens(0.12) ? 2 : 1, unitPriceCentimes: price * 100 }
  })
  const subtotalCentimes = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCentimes, 0)
  const shippingFeeCentimes = subtotalCentimes >= 50_000 ? 0 : 3_000
  const totalCentimes = subtotalCentimes + shippingFeeCentimes
  const placedAt = new Date(at).toISOString()
  return {
    externalId: `demo-${number}`,
    reference: `#${number}`,
    placedAt,
    updatedAt: placedAt,
    cancelledAt: null,
    test: false,
    currency: 'MAD',
    totalCentimes,
    shippingFeeCentimes,
    discountCentimes: 0,
    outstandingCentimes: totalCentimes,
    paymentMethod: 'Paiement à la livraison',
    cashOnDelivery: true,
    paymentStatus: 'pending',
    customer: { name: chance.pick(names), email: null, phones: chance.happens(withoutPhone) ? [] : [phone(chance)] },
    address: {
      line: `${chance.between(1, 180)} rue ${chance.between(1, 60)}`,
      city: chance.happens(withoutCity) ? null : city,
      district: districts.length > 0 && chance.happens(0.8) ? chance.pick(districts) : null,
      country: 'MA',
    },
    lines,
    note: chance.happens(0.08)
      ? chance.pick(['Appeler avant de passer', 'Après 18h svp', 'عيطو ليا قبل', 'Livrer au bureau'])
      : null,
    source: chance.weighted<string | null>([
      ['facebook', 5],
      ['instagram', 3],
      ['tiktok', 3],
      ['google', 2],
      [null, 2],
    ]),
    utm: {},
    tags: [],
  }
}

/** The same buyer again: what they want is the new order's, who and where they are is the old one's. */
export const byTheSameBuyer = (order: ShopOrder, { customer, address }: ShopOrder): ShopOrder => ({
  ...order,
  customer,
  address,
})

/** The form sent twice: another order of the same buyer for the same things. */
export const sentAgain = (order: ShopOrder, at: number, number: number): ShopOrder => {
  const placedAt = new Date(at).toISOString()
  return { ...order, externalId: `demo-${number}`, reference: `#${number}`, placedAt, updatedAt: placedAt }
}

/** Numbers in the notations that people type. The block 06 00 0x xx xx is given to nobody. */
const phone = (chance: Chance): string => {
  const digits = `600${String(chance.between(0, 999_999)).padStart(6, '0')}`
  const pairs = `0${digits}`.replace(/(\d\d)(?=\d)/g, '$1 ')
  return chance.weighted([
    [`0${digits}`, 6],
    [`+212${digits}`, 3],
    [pairs, 3],
    [`00212${digits}`, 1],
    [[...`0${digits}`].map((digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]).join(''), 0.4],
  ])
}
