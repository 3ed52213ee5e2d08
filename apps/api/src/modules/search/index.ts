export { searchRoutes } from './search.routes.ts'
export { findSubjects, type Subjects } from './subjects.commands.ts'
export { addTerms, removeTerms, type Term } from './terms.queries.ts'
