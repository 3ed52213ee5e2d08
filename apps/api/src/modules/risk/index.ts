export { mustAgreeTwice, readRiskSettings } from './risk.commands.ts'
export { riskJobs } from './risk.jobs.ts'
export { riskRoutes } from './risk.routes.ts'
export { judgeAnew, riskOfNew } from './scoring.commands.ts'
