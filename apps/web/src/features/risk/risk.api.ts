import type { RiskSettings, SaveRiskSettings } from '@sendocki/domain/risk/settings'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

export const riskSettingsQuery = queryOptions({
  queryKey: ['risk_settings'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/risk/settings', { signal })),
})

/** How often a trial that runs is looked at, should no notice arrive. */
const askAgainMilliseconds = 1_500

export const trialQuery = queryOptions({
  queryKey: ['risk_trial'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/risk/trial', { signal })),
  refetchInterval: ({ state }) => (state.data?.trial?.status === 'running' ? askAgainMilliseconds : false),
})

export const saveRiskSettings = (body: SaveRiskSettings) => bodyOf(api.PUT('/api/v1/risk/settings', { body }))
export const startTrial = (settings: RiskSettings) => bodyOf(api.POST('/api/v1/risk/trial', { body: { settings } }))
