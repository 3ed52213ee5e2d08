export { cashRoutes } from './cash.routes.ts'
export { type DeliveredCash, markIn, openCollection, withdrawCollection } from './collections.commands.ts'
export { statusesOf } from './collections.queries.ts'
