export { beginRuns, type Entry } from './runs.commands.ts'
export {
  type AskedRuns,
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
