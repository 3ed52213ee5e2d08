export { askToLook, moveByAnswer } from './answering.commands.ts'
export { assertMember, reassignOrders } from './assigning.commands.ts'
export {
  type OrderToShip,
  ordersToShip,
  type ParcelAxis,
  setOrderCash,
  setOrderParcel,
  setOrderReturn,
  setOrdersCash,
} from './axes.commands.ts'
export { askForCall, type Called, lockForCall, recordCall, setCallAside } from './calling.commands.ts'
export { decideDuplicates } from './deciding.commands.ts'
export { listDuplicates, readShippedTwice } from './duplicates.commands.ts'
export type { EffectHandler, EffectHandlers } from './effects.commands.ts'
export { eraseCustomersAndOrders, eraseShopOrders, eraseStorePersonalData } from './erasure.commands.ts'
export { findByExternalIds as findShopOrders } from './erasure.queries.ts'
export type { Selection } from './filters.queries.ts'
export { emptyStage, followAtOnce, realignStage, tryOnOrders } from './following.commands.ts'
export {
  countEverOnStage,
  countOnStage,
  newestOrders,
  type StageCursor,
  stagesWithOrders,
} from './following.queries.ts'
export { chooseOrders, pageTail } from './list.queries.ts'
export { type SelectionFilters, selectionOf, type Tally, tallyAll } from './lists.commands.ts'
export {
  assignMany,
  type Chosen,
  type ManyResult,
  moveMany,
  type TagChange,
  tagOrders,
} from './many.commands.ts'
export { undoMany } from './many-undo.commands.ts'
export { lowerOrderFlag, moveByRule, type RuleMoveInput, setOrderFlag } from './moves.commands.ts'
export { loadOrder, sightOf, viewerOf } from './orders.commands.ts'
export { effectJobs } from './orders.jobs.ts'
export { everything, findLinesShown, findOrder, findOrders } from './orders.queries.ts'
export { ordersRoutes } from './orders.routes.ts'
export {
  type HeldOrder,
  holdPastOrders,
  type PastChange,
  type PastReturn,
  pastStatesOf,
  returnPastOrders,
  writePastOrders,
} from './past.commands.ts'
export { createOrder } from './placing.commands.ts'
export { type OrderRow, orderOf, type SummaryRow, summaryOf } from './rows.queries.ts'
export { bringInSample, removeSampleOrders, type SampleLife, type SampleMove } from './samples.commands.ts'
export { countSamples } from './samples.queries.ts'
export { type Received, receiveShopDeletion, receiveShopOrder, type ShopDelivery } from './shop.commands.ts'
export { readBySpelling, spelledAtOnce, unreadSpelling } from './spelled.commands.ts'
export { takeBackRuleMove } from './taking-back.commands.ts'
export { type Consignment, consignmentsOf } from './together.commands.ts'
export { companyOf } from './together.queries.ts'
