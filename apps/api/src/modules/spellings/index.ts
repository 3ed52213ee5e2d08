export { readSpelledAddress, type SpelledAddress, withSpelling } from './reading.commands.ts'
export {
  findShown,
  forget,
  insertSpelling,
  listSpellings,
  lockSpelling,
  type ShownSpelling,
  type SpellingRow,
} from './spellings.queries.ts'
