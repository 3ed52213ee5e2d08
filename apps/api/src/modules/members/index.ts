export { actorOfMember } from './acting.commands.ts'
export { membersJobs } from './members.jobs.ts'
export { listOwners } from './members.queries.ts'
export { membersRoutes } from './members.routes.ts'
