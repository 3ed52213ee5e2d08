export { beginRuns, type Entry } from './runs.commands.ts'
export {
  findRun,
  listRuns,
  lockRun,
  openRunOf,
  type RunRow,
  type RunView,
  runStanding,
  saveRun,
  wasAsked,
} from './runs.queries.ts'
