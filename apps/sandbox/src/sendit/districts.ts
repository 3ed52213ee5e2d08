import { districtLines, townLines } from './district-words.ts'

/** A district as Sendit lists it, with the fee from Casablanca in dirhams. */
export interface District {
  readonly id: number
  readonly ville: string
  readonly name: string
  readonly arabic_name: string | null
  readonly fee: number
  readonly delais: string
  readonly pickup_district: 0 | 1
}

interface Named {
  readonly name: string
  readonly arabic: string | null
}

const namesIn = (text: string): readonly Named[] =>
  text.split(',').map((item) => {
    const [name = '', arabic] = item.trim().split('=')
    return { name, arabic: arabic ?? null }
  })

const rowsOf = (text: string): readonly string[] => text.trim().split('\n')

/** Ids leave gaps, as a list that was edited for years does; nobody may guess one from another. */
const idAt = (index: number): number => 40 + index + Math.floor(index / 7) * 2

const built = (): readonly District[] => {
  const cities = rowsOf(districtLines).flatMap((row) => {
    const [ville = '', arabic = '', fee = '', delais = '', pickup, quarters = ''] = row.split('|')
    const common = { ville, fee: Number(fee), delais }
    const whole = {
      ...common,
      name: ville,
      arabic_name: arabic,
      pickup_district: pickup === '1' ? (1 as const) : (0 as const),
    }
    return [
      whole,
      ...namesIn(quarters).map((quarter) => ({
        ...common,
        name: `${ville} - ${quarter.name}`,
        arabic_name: quarter.arabic === null ? null : `${arabic} - ${quarter.arabic}`,
        pickup_district: 0 as const,
      })),
    ]
  })
  const towns = rowsOf(townLines).flatMap((row) => {
    const [fee = '', delais = '', names = ''] = row.split('|')
    return namesIn(names).map(({ name, arabic }) => ({
      ville: name,
      name,
      arabic_name: arabic,
      fee: Number(fee),
      delais,
      pickup_district: 0 as const,
    }))
  })
  return [...cities, ...towns].map((district, index) => ({ id: idAt(index), ...district }))
}

/** Some five hundred places, the same in each run. */
export const districts: readonly District[] = built()

const byId = new Map(districts.map((district) => [district.id, district]))
export const districtOf = (id: number): District | undefined => byId.get(id)

/** In dirhams, from a pick-up district: less within one city, more from outside Casablanca. */
export const feeBetween = (pickup: District | undefined, to: District): number => {
  if (!pickup || pickup.ville === 'Casablanca') return to.fee
  return pickup.ville === to.ville ? 20 : to.fee + 5
}

/** As the API answers it: the price is a text for some and a number for others, as in the real list. */
export const districtShown = (district: District, pickup?: District) => {
  const { fee: _fee, ...shown } = district
  const price = feeBetween(pickup, district)
  return { ...shown, price: district.id % 3 === 0 ? price : String(price) }
}

/** Districts whose city or name contains the text, in either script. */
export const searchDistricts = (text: string): readonly District[] => {
  const wanted = folded(text)
  if (wanted === '') return districts
  return districts.filter(
    ({ ville, name, arabic_name }) =>
      folded(ville).includes(wanted) || folded(name).includes(wanted) || (arabic_name ?? '').includes(text.trim()),
  )
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .trim()
