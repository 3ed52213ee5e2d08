/** The inbox: what others delivered, stored before anything is made of it, and read by jobs. */
export { createGathering, type Gathering } from './gathering.ts'
export { type Delivery, findDetail, storeAllInbound, storeInbound } from './inbound.commands.ts'
export {
  eraseBodiesAbout,
  eraseBodiesOfOrders,
  eraseBody,
  eraseConnectionBodies,
  failInbound,
  findInbound,
  finishInbound,
  knownVersions,
  lockInbound,
  reopenInbound,
  type StoredInbound,
} from './inbound.queries.ts'
export { inboundRoutes } from './inbound.routes.ts'
