export { searchRoutes } from './search.routes.ts'
export { findSubjects, type Subjects } from './subjects.commands.ts'
export { addManyTerms, addTerms, removeManyTerms, removeTerms, type SubjectTerm, type Term } from './terms.queries.ts'
