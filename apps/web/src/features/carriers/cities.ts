import { useQuery } from '@tanstack/react-query'
import { currentLanguage } from '../../lib/i18n.ts'
import { placesQuery } from '../../lib/places.ts'

/** Our cities in the reader's language: their names, and which one a typed text surely is. */
export const useCities = () => {
  const { data } = useQuery(placesQuery)
  const language = currentLanguage()
  return {
    nameOf: (id: string): string => data?.cityById.get(id)?.[language] ?? id,
    suggest: (typed: string): string[] => [...new Set(data?.suggestCities(typed).map((city) => city[language]))],
    /** Null while the text may be none or several of our cities: what is not sure is not taken. */
    idOf: (typed: string): string | null => {
      const [named, ...others] = data?.suggestCities(typed).filter((city) => city[language] === typed.trim()) ?? []
      if (named && others.length === 0) return named.id
      const read = data?.resolveCity(typed)
      return read?.kind === 'exact' ? read.city.id : null
    },
  }
}
