export { customerOf, eraseCustomers, recordReveal, revealsPhones } from './customers.commands.ts'
export { findByPhones } from './customers.queries.ts'
export { customersRoutes } from './customers.routes.ts'
