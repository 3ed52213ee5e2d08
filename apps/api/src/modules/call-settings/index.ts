export { readCallSettings } from './call-settings.commands.ts'
export { callSettingsRoutes } from './call-settings.routes.ts'
export { listScripts } from './scripts.queries.ts'
