export { carrierFileJobs } from './carrier-files.jobs.ts'
export { carrierFilesRoutes } from './carrier-files.routes.ts'
