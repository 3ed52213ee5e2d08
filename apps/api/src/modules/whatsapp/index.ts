import { mediaJobs } from './media.jobs.ts'
import { newsJobs } from './news.jobs.ts'
import { numberJobs } from './numbers.jobs.ts'
import { sendingJobs } from './sending.jobs.ts'
import { templateJobs } from './templates.jobs.ts'

export { conversationsRoutes } from './conversations.routes.ts'
export { whatsappHooksRoutes } from './hooks.routes.ts'
export { whatsappRoutes } from './numbers.routes.ts'

export const whatsappJobs = { ...numberJobs, ...templateJobs, ...sendingJobs, ...newsJobs, ...mediaJobs }
