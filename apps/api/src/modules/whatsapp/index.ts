import { mediaJobs } from './media.jobs.ts'
import { newsJobs } from './news.jobs.ts'
import { numberJobs } from './numbers.jobs.ts'
import { sendingJobs } from './sending.jobs.ts'
import { templateJobs } from './templates.jobs.ts'

export { contactOf } from './conversations.commands.ts'
export { contactOfPhone } from './conversations.queries.ts'
export { conversationsRoutes } from './conversations.routes.ts'
export { whatsappHooksRoutes } from './hooks.routes.ts'
export { findMessage, type MessageRow } from './messages.queries.ts'
export { findNumber, type NumberRow } from './numbers.queries.ts'
export { whatsappRoutes } from './numbers.routes.ts'
export { startTemplate } from './starting.commands.ts'
export { factsOf } from './templates.commands.ts'
export { findTemplate, orderFactsOf, type TemplateRow, templateRowOf } from './templates.queries.ts'

export const whatsappJobs = { ...numberJobs, ...templateJobs, ...sendingJobs, ...newsJobs, ...mediaJobs }
