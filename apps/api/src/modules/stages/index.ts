export { stagesJobs } from './stages.jobs.ts'
export { stagesRoutes } from './stages.routes.ts'
