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
