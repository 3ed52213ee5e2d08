export { segmentJobs } from './segments.jobs.ts'
export { segmentsRoutes } from './segments.routes.ts'
