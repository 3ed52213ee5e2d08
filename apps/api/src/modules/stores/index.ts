/** Connected shops: how they are connected, what they deliver, and how they end. */
export { consentRoutes } from './consent.routes.ts'
export { storeHooksRoutes } from './hooks.routes.ts'
export { storesJobs } from './stores.jobs.ts'
export { storesRoutes } from './stores.routes.ts'
