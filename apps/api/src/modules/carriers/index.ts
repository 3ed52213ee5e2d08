export {
  accountForShipping,
  accountNamed,
  mapOf,
  openCredentials,
  readLane,
  settingsOf,
  writeLane,
} from './carriers.commands.ts'
export { asJobError, callCarrier, carrierJobs } from './carriers.jobs.ts'
export {
  accountsDrivenBy,
  findAccount,
  findHookAccount,
  followedAccounts,
  saveAccountState,
} from './carriers.queries.ts'
export { carriersRoutes } from './carriers.routes.ts'
export { feeOfParcel, feesOf } from './fees.commands.ts'
export { addPlaces, knownPlaces, matchOf, placesFor } from './places.commands.ts'
export { placeNames } from './places.queries.ts'
export { layoutOf } from './sheets.commands.ts'
