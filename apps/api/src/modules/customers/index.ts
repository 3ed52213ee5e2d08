export { blockOf } from './blocks.commands.ts'
export { everyIdOf } from './card.queries.ts'
export {
  assertCustomer,
  customerOf,
  eraseCustomers,
  mayReveal,
  type OrderedBy,
  recordReveal,
  removeSampleCustomers,
  revealsPhones,
} from './customers.commands.ts'
export { type CustomerRow, isKnownPhone } from './customers.queries.ts'
export { customersRoutes } from './customers.routes.ts'
export {
  ContactTaken,
  type CustomerChange,
  type CustomerReturn,
  changeCustomers,
  type HeldCustomer,
  holdByContacts,
  returnCustomers,
} from './importing.commands.ts'
export { assertSegments, seesAll, selectionOf as selectCustomers } from './list.commands.ts'
export { type CustomerSelection, countCustomers as countSelected, listCustomers } from './list.queries.ts'
