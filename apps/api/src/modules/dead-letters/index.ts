/** Jobs that gave up, for a person to look at. */
export { deadLettersRoutes } from './dead-letters.routes.ts'
