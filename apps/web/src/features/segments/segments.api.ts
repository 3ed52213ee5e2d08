import type { CreateSegment, EditSegment, Segment } from '@sendocki/domain/segments/segment'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

/** Begins with the noun that the stream names. */
export const segmentKeys = { all: ['segment'] } as const

type Rule = Segment['rule']

/** How many customers a rule would choose now. */
export const previewQuery = (rule: Rule) =>
  queryOptions({
    queryKey: ['segment_preview', rule],
    queryFn: ({ signal }) => bodyOf(api.POST('/api/v1/segments/preview', { body: { rule }, signal })),
  })

export const createSegment = (body: CreateSegment) => bodyOf(api.POST('/api/v1/segments', { body }))

export const editSegment = (id: string, body: EditSegment) =>
  bodyOf(api.PATCH('/api/v1/segments/{id}', { params: { path: { id } }, body }))

export const deleteSegment = (id: string) => bodyOf(api.DELETE('/api/v1/segments/{id}', { params: { path: { id } } }))
