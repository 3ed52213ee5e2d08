import { queryOptions, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { currentLanguage } from './i18n.ts'

/** The table of cities and the resolver: large, so fetched with the first screen that needs them. */
export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: async () => {
    const [{ cityById }, { suggestCities, resolveCity }, { resolvePlace }, { placeKey }] = await Promise.all([
      import('@sendocki/domain/places/cities'),
      import('@sendocki/domain/places/matching'),
      import('@sendocki/domain/places/place'),
      import('@sendocki/domain/places/place-key'),
    ])
    return { cityById, suggestCities, resolveCity, resolvePlace, placeKey }
  },
  staleTime: Number.POSITIVE_INFINITY,
})

interface NamedCity {
  /** Null for a city that is only known as it was written. */
  readonly id: string | null
  readonly name: string | null
}

/** The name of a city in the reader's language; the API's own while the table is not there, a dash without any. */
export const useCityName = (): ((city: NamedCity) => string) => {
  const language = currentLanguage()
  const { data } = useQuery({ ...placesQuery, enabled: language !== 'fr' })
  return useCallback(
    ({ id, name }) => (id === null ? undefined : data?.cityById.get(id)?.[language]) ?? name ?? '–',
    [data, language],
  )
}

/** The same as a part of a screen, for lists whose columns are made once. */
export const CityName = (city: NamedCity): string => useCityName()(city)
