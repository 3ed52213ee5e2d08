import type { CreateAutomation, EditAutomation, RunStatus } from '@sendocki/domain/automations/automation'
import type { SaveAutomationSettings } from '@sendocki/domain/automations/settings'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

/** Keys begin with the noun that the stream names. */
export const automationKeys = { all: ['automation'], runs: ['automation_run'], pipeline: ['pipeline'] } as const

const at = (id: string) => ({ params: { path: { id } } })

export const automationsQuery = queryOptions({
  queryKey: [...automationKeys.all, 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/automations', { signal })),
})
export const createAutomation = (body: CreateAutomation) => bodyOf(api.POST('/api/v1/automations', { body }))
export const editAutomation = (id: string, body: EditAutomation) =>
  bodyOf(api.PATCH('/api/v1/automations/{id}', { ...at(id), body }))
export const deleteAutomation = (id: string) => bodyOf(api.DELETE('/api/v1/automations/{id}', at(id)))
export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: [...automationKeys.all, 'preview', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/automations/{id}/preview', { ...at(id), signal })),
    staleTime: 0,
  })

export interface RunFilters {
  readonly status: RunStatus | null
  readonly automationId: string | null
  readonly orderId: string | null
}
export const runsQuery = ({ status, automationId, orderId }: RunFilters) =>
  infiniteQueryOptions({
    queryKey: [...automationKeys.runs, 'list', status, automationId, orderId],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/automation-runs', {
          params: {
            query: {
              ...(status ? { status } : {}),
              ...(automationId ? { automationId } : {}),
              ...(orderId ? { orderId } : {}),
              ...after(pageParam),
            },
          },
          signal,
        }),
      ),
    ...pages,
  })
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...automationKeys.runs, 'one', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/automation-runs/{id}', { ...at(id), signal })),
  })

export const settingsQuery = queryOptions({
  queryKey: ['automation_settings'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/automation-settings', { signal })),
})
export const saveSettings = (body: SaveAutomationSettings) => bodyOf(api.PUT('/api/v1/automation-settings', { body }))
export const costsQuery = (month: string | null) =>
  queryOptions({
    queryKey: [...automationKeys.runs, 'costs', month],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/automation-costs', { params: { query: month ? { month } : {} }, signal })),
  })

export const pipelineQuery = queryOptions({
  queryKey: automationKeys.pipeline,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/pipeline', { signal })),
  staleTime: 5 * 60_000,
})
export const numbersQuery = queryOptions({
  queryKey: ['whatsapp_number', 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/whatsapp/numbers', { signal })),
})
/** All templates of the merchant: an automation may hold one that was taken away since. */
export const templatesQuery = queryOptions({
  queryKey: ['template', 'all'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/whatsapp/templates', { params: { query: { limit: 200 } }, signal })),
})
