import { LastRiskTrial, RiskTrial, StartRiskTrial } from '@sendocki/domain/risk/risk'
import { KeptRiskSettings, SaveRiskSettings } from '@sendocki/domain/risk/settings'
import { ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { changeRiskSettings, showRiskSettings } from './risk.commands.ts'
import { readTrial, startTrial } from './trial.commands.ts'

const tags = ['Risk']

export const riskRoutes = (app: Api): void => {
  app.get(
    '/risk/settings',
    {
      config: { permission: 'risk.read' },
      schema: {
        operationId: 'getRiskSettings',
        tags,
        summary: 'Rules with their points, thresholds, and whether high risk asks for a second confirmation',
        response: { 200: ref(KeptRiskSettings), ...problems },
      },
    },
    (req) => showRiskSettings(req.ctx),
  )
  app.put(
    '/risk/settings',
    {
      config: { permission: 'risk.edit' },
      schema: {
        operationId: 'changeRiskSettings',
        tags,
        summary: 'Replaces the settings in the version that was read; open orders are judged anew in the background',
        body: ref(SaveRiskSettings),
        response: { 200: ref(KeptRiskSettings), ...problems },
      },
    },
    (req) => changeRiskSettings(req.ctx, req.body),
  )
  app.get(
    '/risk/trial',
    {
      config: { permission: 'risk.read' },
      schema: {
        operationId: 'getRiskTrial',
        tags,
        summary: 'The last trial of settings on the past 90 days, as far as it has come',
        response: { 200: ref(LastRiskTrial), ...problems },
      },
    },
    (req) => readTrial(req.ctx),
  )
  app.post(
    '/risk/trial',
    {
      config: { permission: 'risk.edit' },
      schema: {
        operationId: 'startRiskTrial',
        tags,
        summary: 'Tries settings on the past 90 days, in the background and without switching them on',
        body: ref(StartRiskTrial),
        response: { 202: ref(RiskTrial), ...problems },
      },
    },
    (req, reply) => {
      reply.code(202)
      return startTrial(req.ctx, req.body.settings)
    },
  )
}
