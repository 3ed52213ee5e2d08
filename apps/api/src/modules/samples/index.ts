export { samplesJobs } from './samples.jobs.ts'
export { samplesRoutes } from './samples.routes.ts'
