export { exportJobs } from './exports.jobs.ts'
export { exportsRoutes } from './exports.routes.ts'
