export { cashRoutes } from './cash.routes.ts'
export { openCollection, withdrawCollection } from './collections.commands.ts'
