export {
  assertCustomer,
  customerOf,
  eraseCustomers,
  recordReveal,
  removeSampleCustomers,
  revealsPhones,
} from './customers.commands.ts'
export { isKnownPhone } from './customers.queries.ts'
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
