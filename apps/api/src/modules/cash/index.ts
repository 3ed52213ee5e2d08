export { cashRoutes } from './cash.routes.ts'
export { type DeliveredCash, openCollection, withdrawCollection } from './collections.commands.ts'
