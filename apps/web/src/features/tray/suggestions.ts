import type { City } from '@sendocki/domain/places/cities'
import type { CityMatch } from '@sendocki/domain/places/matching'

interface Places {
  readonly resolvePlace: (cityText: string, addressText?: string) => { readonly city: CityMatch }
  readonly suggestCities: (typed: string, limit?: number) => readonly City[]
}

interface Written {
  readonly cityText: string | null
  readonly line: string | null
  readonly district: string | null
}

const most = 9

/** The cities that an order may mean, best first, at most nine: those of the resolver, then those that look alike. */
export const citiesFor = ({ resolvePlace, suggestCities }: Places, written: Written): readonly City[] => {
  const address = [written.district, written.line].filter(Boolean).join(', ')
  // Without a city field the address is all there is to read.
  const { city } = resolvePlace(written.cityText ?? address, address)
  const resolved =
    city.kind === 'exact'
      ? [city.city]
      : city.kind === 'suggested'
        ? city.candidates.map((candidate) => candidate.city)
        : []
  const alike = written.cityText === null ? [] : suggestCities(written.cityText, most)
  return [...new Set([...resolved, ...alike])].slice(0, most)
}

/** Whether several cities bear exactly what was written: then each order is asked about. */
export const isHomonym = ({ resolvePlace }: Pick<Places, 'resolvePlace'>, cityText: string): boolean => {
  const { city } = resolvePlace(cityText)
  return city.kind === 'suggested' && city.candidates.some(({ because }) => because === 'homonym')
}
