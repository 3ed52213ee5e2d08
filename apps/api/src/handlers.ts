import type { Handlers } from './jobs/engine.ts'
import { identityJobs } from './modules/identity/index.ts'
import { storesJobs } from './modules/stores/index.ts'

/** Every job's handler, from the module whose noun it is. A job of the catalogue without one does not compile. */
export const handlers = { ...identityJobs, ...storesJobs } as Partial<Handlers> as Handlers
