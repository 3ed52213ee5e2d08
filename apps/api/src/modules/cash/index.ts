export { cashRoutes } from './cash.routes.ts'
export { markIn } from './collections.commands.ts'
export { cashOfParcels, type ParcelCash, statusesOf } from './collections.queries.ts'
export { type DeliveredCash, openCollection, withdrawCollection } from './dues.commands.ts'
