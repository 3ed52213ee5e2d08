export { assertCustomer, customerOf, eraseCustomers, recordReveal, revealsPhones } from './customers.commands.ts'
export { customersRoutes } from './customers.routes.ts'
