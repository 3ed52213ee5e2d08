import { ApiProblem } from '@sendocki/client/problem'
import type {
  CreateReason,
  CreateStage,
  EditReason,
  StageSettings,
  TemplateKey,
} from '@sendocki/domain/orders/pipeline-edit-schema'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

/** The key is the one under which boards keep it: what is edited here is seen there. */
export const pipelineQuery = queryOptions({
  queryKey: ['pipeline'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/pipeline', { signal })),
  staleTime: 5 * 60_000,
})

/** How many orders are on each stage of the board, capped; read again now and then, not at every order. */
export const countsQuery = queryOptions({
  queryKey: ['stageCounts'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/board', { signal })),
  staleTime: 15_000,
  refetchInterval: 30_000,
})

/** What saving these settings, or deleting the stage, would do. */
export const impactQuery = (id: string, version: number, settings: StageSettings | 'delete') =>
  queryOptions({
    queryKey: ['stageImpact', id, version, settings],
    queryFn: ({ signal }) =>
      settings === 'delete'
        ? bodyOf(
            api.DELETE('/api/v1/pipeline/stages/{id}', { params: { path: { id }, query: { dryRun: true } }, signal }),
          )
        : bodyOf(
            api.PATCH('/api/v1/pipeline/stages/{id}', {
              params: { path: { id }, query: { dryRun: true } },
              body: { version, ...settings },
              signal,
            }),
          ),
    retry: false,
  })

const readTrial = (id: string, body: StageSettings, signal: AbortSignal) =>
  bodyOf(api.POST('/api/v1/pipeline/stages/{id}/try', { params: { path: { id } }, body, signal }))

export const trialQuery = (id: string, settings: StageSettings) =>
  queryOptions({
    queryKey: ['stageTrial', id, settings],
    queryFn: ({ signal }) => readTrial(id, settings, signal),
    retry: false,
    staleTime: 0,
  })
export type Trial = Awaited<ReturnType<typeof readTrial>>

export const templatesQuery = queryOptions({
  queryKey: ['pipelineTemplates'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/pipeline/templates', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

export const templateQuery = (version: number, template: TemplateKey) =>
  queryOptions({
    queryKey: ['templateImpact', version, template],
    queryFn: ({ signal }) =>
      bodyOf(
        api.POST('/api/v1/pipeline/apply-template', {
          params: { query: { dryRun: true } },
          body: { version, template },
          signal,
        }),
      ),
    retry: false,
  })

/** Carriers that parcels can be created with. */
export const carrierAccountsQuery = queryOptions({
  queryKey: ['carrier_account', 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/carrier-accounts', { params: { query: { limit: 200 } }, signal })),
})

export const createStage = (body: CreateStage) => bodyOf(api.POST('/api/v1/pipeline/stages', { body }))
export const editStage = (id: string, version: number, settings: StageSettings) =>
  bodyOf(api.PATCH('/api/v1/pipeline/stages/{id}', { params: { path: { id } }, body: { version, ...settings } }))
export const deleteStage = (id: string) =>
  bodyOf(api.DELETE('/api/v1/pipeline/stages/{id}', { params: { path: { id } } }))
export const orderStages = (version: number, stageIds: readonly string[]) =>
  bodyOf(api.PUT('/api/v1/pipeline/order', { body: { version, stageIds: [...stageIds] } }))
export const applyTemplate = (version: number, template: TemplateKey) =>
  bodyOf(api.POST('/api/v1/pipeline/apply-template', { body: { version, template } }))
export const createReason = (body: CreateReason) => bodyOf(api.POST('/api/v1/pipeline/reasons', { body }))
export const editReason = (id: string, body: EditReason) =>
  bodyOf(api.PATCH('/api/v1/pipeline/reasons/{id}', { params: { path: { id } }, body }))

/** Somebody was quicker: who, and the pipeline as it is now. Null when the refusal is about something else. */
export const conflictOf = (problem: unknown): { readonly who: string | null; readonly current: Pipeline } | null => {
  if (!(problem instanceof ApiProblem) || problem.code !== 'pipeline.changed_meanwhile') return null
  const { by } = problem.params as { by?: { name?: string | null } | null }
  return { who: by?.name ?? null, current: problem.current as Pipeline }
}
