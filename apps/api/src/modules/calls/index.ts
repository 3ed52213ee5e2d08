export { holderOf, holds, refuseIfHeld } from '../leases/index.ts'
export { askForCall } from '../orders/index.ts'
export { callsRoutes } from './calls.routes.ts'
