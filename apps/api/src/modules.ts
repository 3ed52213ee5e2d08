import type { Deps } from './deps.ts'
import type { Api } from './http/api.ts'

/** Every module's routes under their prefix: the list of what the API offers. */
export const registerModules = async (app: Api, deps: Deps): Promise<void> => {
  await app.register(
    async (api) => {
      void api
      void deps
    },
    { prefix: '/api/v1' },
  )
}
