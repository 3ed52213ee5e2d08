import type { Deps } from './deps.ts'
import type { Api } from './http/api.ts'
import { registerHooks } from './http/hooks.ts'
import { apiKeysRoutes } from './modules/api-keys/index.ts'
import { automationsRoutes } from './modules/automations/index.ts'
import { bulkRoutes } from './modules/bulk/index.ts'
import { callSettingsRoutes } from './modules/call-settings/index.ts'
import { callsRoutes, pbxHooksRoutes, pbxRoutes } from './modules/calls/index.ts'
import { carrierFilesRoutes } from './modules/carrier-files/index.ts'
import { carriersRoutes } from './modules/carriers/index.ts'
import { cashRoutes } from './modules/cash/index.ts'
import { customersRoutes } from './modules/customers/index.ts'
import { deadLettersRoutes } from './modules/dead-letters/index.ts'
import { deliveriesRoutes } from './modules/deliveries/index.ts'
import { eventsRoutes } from './modules/events/index.ts'
import { exportsRoutes } from './modules/exports/index.ts'
import { identityRoutes } from './modules/identity/index.ts'
import { importsRoutes } from './modules/imports/index.ts'
import { inboundRoutes } from './modules/inbound/index.ts'
import { membersRoutes } from './modules/members/index.ts'
import { onboardingRoutes } from './modules/onboarding/index.ts'
import { ordersRoutes } from './modules/orders/index.ts'
import { papersRoutes } from './modules/papers/index.ts'
import { carrierHooksRoutes, carrierPapersRoutes, parcelsRoutes, sayingRoutes } from './modules/parcels/index.ts'
import { pipelineRoutes } from './modules/pipeline/index.ts'
import { productsRoutes, shopProductsRoutes } from './modules/products/index.ts'
import { reportsRoutes } from './modules/reports/index.ts'
import { riskRoutes } from './modules/risk/index.ts'
import { samplesRoutes } from './modules/samples/index.ts'
import { searchRoutes } from './modules/search/index.ts'
import { segmentsRoutes } from './modules/segments/index.ts'
import { stagesRoutes } from './modules/stages/index.ts'
import { consentRoutes, storeHooksRoutes, storesRoutes } from './modules/stores/index.ts'
import { trayRoutes } from './modules/tray/index.ts'
import { viewsRoutes } from './modules/views/index.ts'
import { conversationsRoutes, whatsappHooksRoutes, whatsappRoutes } from './modules/whatsapp/index.ts'

/** Every module's routes under their prefix: the list of what the API offers. */
export const registerModules = async (app: Api, _deps: Deps): Promise<void> => {
  await app.register(
    async (api) => {
      identityRoutes(api as Api)
      membersRoutes(api as Api)
      onboardingRoutes(api as Api)
      samplesRoutes(api as Api)
      apiKeysRoutes(api as Api)
      eventsRoutes(api as Api)
      pipelineRoutes(api as Api)
      stagesRoutes(api as Api)
      ordersRoutes(api as Api)
      trayRoutes(api as Api)
      productsRoutes(api as Api)
      shopProductsRoutes(api as Api)
      callsRoutes(api as Api)
      pbxRoutes(api as Api)
      customersRoutes(api as Api)
      segmentsRoutes(api as Api)
      reportsRoutes(api as Api)
      searchRoutes(api as Api)
      storesRoutes(api as Api)
      consentRoutes(api as Api)
      inboundRoutes(api as Api)
      deadLettersRoutes(api as Api)
      carriersRoutes(api as Api)
      parcelsRoutes(api as Api)
      sayingRoutes(api as Api)
      carrierPapersRoutes(api as Api)
      papersRoutes(api as Api)
      carrierFilesRoutes(api as Api)
      deliveriesRoutes(api as Api)
      cashRoutes(api as Api)
      bulkRoutes(api as Api)
      viewsRoutes(api as Api)
      exportsRoutes(api as Api)
      callSettingsRoutes(api as Api)
      riskRoutes(api as Api)
      importsRoutes(api as Api)
      whatsappRoutes(api as Api)
      conversationsRoutes(api as Api)
      automationsRoutes(api as Api)
    },
    { prefix: '/api/v1' },
  )
  await registerHooks(app, (hooks) => {
    storeHooksRoutes(hooks)
    carrierHooksRoutes(hooks)
    whatsappHooksRoutes(hooks)
    pbxHooksRoutes(hooks)
  })
}
