export { blockOf } from './blocks.commands.ts'
export {
  assertCustomer,
  customerOf,
  eraseCustomers,
  type OrderedBy,
  recordReveal,
  removeSampleCustomers,
  revealsPhones,
} from './customers.commands.ts'
export { isKnownPhone } from './customers.queries.ts'
export { assertSegments } from './list.commands.ts'
export { customersRoutes } from './customers.routes.ts'
