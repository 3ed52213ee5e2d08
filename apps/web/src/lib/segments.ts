import type { Segment } from '@sendocki/domain/segments/segment'
import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, bodyOf } from './api.ts'

/** The segments of customers, by which customers and orders are filtered. */
export const segmentsQuery = queryOptions({
  queryKey: ['segment'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/segments', { signal })),
})

/** The name of a segment: a built-in one's in the reader's language. */
export const useSegmentName = (): ((segment: Pick<Segment, 'key' | 'name'>) => string) => {
  const { t } = useTranslation('common')
  return ({ key, name }) => (key === null ? (name ?? '–') : t(`segment.${key}`))
}
