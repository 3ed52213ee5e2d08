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
export { type CustomerRow, isKnownPhone } from './customers.queries.ts'
export { assertSegments, selectionOf as selectCustomers } from './list.commands.ts'
export { countCustomers as countSelected, type CustomerSelection, listCustomers } from './list.queries.ts'
export { customersRoutes } from './customers.routes.ts'
