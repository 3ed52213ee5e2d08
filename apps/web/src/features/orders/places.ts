import { queryOptions, useQuery } from '@tanstack/react-query'
import { currentLanguage } from '../../lib/i18n.ts'

/** The table of cities and the resolver: large, so fetched with the first screen that needs them. */
export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: async () => {
    const [{ cityById }, { suggestCities, resolveCity }] = await Promise.all([
      import('@sendocki/domain/places/cities'),
      import('@sendocki/domain/places/matching'),
    ])
    return { cityById, suggestCities, resolveCity }
  },
  staleTime: Number.POSITIVE_INFINITY,
})

interface NamedCity {
  readonly id: string
  readonly name: string
}

/** The name of a city in the reader's language; the API's own while the table is not there. */
export const useCityName = (): ((city: NamedCity) => string) => {
  const language = currentLanguage()
  const { data } = useQuery({ ...placesQuery, enabled: language !== 'fr' })
  return ({ id, name }) => data?.cityById.get(id)?.[language] ?? name
}
