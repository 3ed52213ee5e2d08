export { trayJobs } from './tray.jobs.ts'
export { trayRoutes } from './tray.routes.ts'
