export { actorOfMember } from './acting.commands.ts'
export { membersJobs } from './members.jobs.ts'
export { membersRoutes } from './members.routes.ts'
