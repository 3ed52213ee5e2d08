export { createApiKey } from './api-keys.commands.ts'
export { apiKeysRoutes } from './api-keys.routes.ts'
