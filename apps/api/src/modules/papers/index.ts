export { paperJobs } from './papers.jobs.ts'
export { papersRoutes } from './papers.routes.ts'
