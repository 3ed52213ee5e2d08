import { answeringJobs } from './answering.jobs.ts'
import { runJobs } from './runs.jobs.ts'

export { automationsRoutes } from './automations.routes.ts'

export const automationJobs = { ...runJobs, ...answeringJobs }
