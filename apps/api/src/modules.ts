import type { Deps } from './deps.ts'
import type { Api } from './http/api.ts'
import { customersRoutes } from './modules/customers/index.ts'
import { identityRoutes } from './modules/identity/index.ts'
import { ordersRoutes } from './modules/orders/index.ts'
import { pipelineRoutes } from './modules/pipeline/index.ts'

/** Every module's routes under their prefix: the list of what the API offers. */
export const registerModules = async (app: Api, _deps: Deps): Promise<void> => {
  await app.register(
    async (api) => {
      identityRoutes(api as Api)
      pipelineRoutes(api as Api)
      ordersRoutes(api as Api)
      customersRoutes(api as Api)
    },
    { prefix: '/api/v1' },
  )
}
