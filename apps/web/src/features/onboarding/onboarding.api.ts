import type { EditOnboarding, Onboarding } from '@sendocki/domain/onboarding/onboarding'
import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { useChanges } from '../../lib/live.ts'

export const onboardingQuery = queryOptions({
  queryKey: ['onboarding'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/onboarding', { signal })),
})

export const editOnboarding = (body: EditOnboarding): Promise<Onboarding> =>
  bodyOf(api.PATCH('/api/v1/onboarding', { body }))

export const samplesQuery = queryOptions({
  queryKey: ['sample'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/samples', { signal })),
})

export const addSamples = () => bodyOf(api.POST('/api/v1/samples', {}))
export const removeSamples = () => bodyOf(api.DELETE('/api/v1/samples', {}))

/** A step is done by what happens elsewhere; orders matter until the first one is there. */
export const useFreshOnboarding = (onboarding: Onboarding | undefined): void => {
  const queries = useQueryClient()
  const look = (): void => void queries.invalidateQueries({ queryKey: onboardingQuery.queryKey })
  useChanges('store', look)
  useChanges('carrier_account', look)
  useChanges('member', look)
  useChanges('invitation', look)
  useChanges('order', () => {
    if (onboarding?.steps.some(({ key, status }) => key === 'first_order' && status !== 'done')) look()
  })
}
