import { closed, nullable, Uuid } from '@sendocki/domain/schema'
import { type Static, type TSchema, Type } from 'typebox'

interface JobDefinition<P extends TSchema> {
  readonly payload: P
  /** Tries in all before the job becomes a dead letter. Waits grow as exp(attempt) seconds. */
  readonly attempts: number
  /** What the dead letter is about, by the payload's field. */
  readonly subject?: { readonly kind: string; readonly field: string }
}

const job = <P extends TSchema>(
  payload: P,
  attempts: number,
  subject?: JobDefinition<P>['subject'],
): JobDefinition<P> => ({
  payload,
  attempts,
  ...(subject ? { subject } : {}),
})
const merchantId = Uuid
const ofMerchant = <F extends Record<string, TSchema>>(fields: F) => closed({ merchantId, ...fields })

/**
 * Every job, once: what it is told and how often it is tried. Payloads carry ids, never data. A record of handlers
 * must cover this list, or the worker does not compile.
 */
export const catalogue = {
  /** Sends one mail. Not a merchant's: the address, codes and links are sealed in the payload. */
  'mail.send': job(closed({ sealed: Type.String() }), 8),
  /** Reads one stored delivery of a shop and brings the order up to it. */
  'inbox.process': job(ofMerchant({ inboundId: Uuid }), 6, { kind: 'inbound', field: 'inboundId' }),
  /** Exchanges the code of a consent for tokens. */
  'stores.connect': job(ofMerchant({ storeId: Uuid }), 8, { kind: 'store', field: 'storeId' }),
  /** Makes a store's subscriptions, reads its changes, looks at its health. */
  'stores.subscribe': job(ofMerchant({ storeId: Uuid }), 8, { kind: 'store', field: 'storeId' }),
  'stores.poll': job(ofMerchant({ storeId: Uuid }), 3, { kind: 'store', field: 'storeId' }),
  'stores.disconnect': job(ofMerchant({ storeId: Uuid }), 6, { kind: 'store', field: 'storeId' }),
  'stores.erase': job(ofMerchant({ storeId: Uuid }), 8, { kind: 'store', field: 'storeId' }),
  /** Runs one effect of a move. */
  'effects.run': job(ofMerchant({ effectId: Uuid }), 8, { kind: 'effect', field: 'effectId' }),
  'effects.compensate': job(ofMerchant({ effectId: Uuid }), 8, { kind: 'effect', field: 'effectId' }),
  /** Books one parcel intent with its carrier; a time-out is resolved by search, never by a blind retry. */
  'parcels.book': job(ofMerchant({ parcelId: Uuid }), 12, { kind: 'parcel', field: 'parcelId' }),
  'parcels.cancel': job(ofMerchant({ parcelId: Uuid }), 8, { kind: 'parcel', field: 'parcelId' }),
  'parcels.refresh': job(ofMerchant({ parcelId: Uuid }), 3, { kind: 'parcel', field: 'parcelId' }),
  /** Takes up the intents that waited for an account to work again. */
  'parcels.resume': job(ofMerchant({ carrierAccountId: Uuid }), 5, {
    kind: 'carrier_account',
    field: 'carrierAccountId',
  }),
  'labels.fetch': job(ofMerchant({ labelSheetId: Uuid }), 5, { kind: 'label_sheet', field: 'labelSheetId' }),
  /** Draws labels, slips or a picking list into one file. */
  'papers.print': job(ofMerchant({ paperId: Uuid }), 4, { kind: 'paper', field: 'paperId' }),
  /** Reads again what a carrier said in a word that a person has explained since. */
  'tracking.reread': job(ofMerchant({ carrierAccountId: Uuid, carrierStatus: Type.String() }), 5, {
    kind: 'carrier_account',
    field: 'carrierAccountId',
  }),
  /** Takes back what a person said of hundreds of parcels. */
  'tracking.undo': job(ofMerchant({ operationId: Uuid }), 6, { kind: 'tracking_operation', field: 'operationId' }),
  /** Does what the rows of a carrier's file say, fifty a transaction. */
  'carrier_files.run': job(ofMerchant({ fileId: Uuid }), 6, { kind: 'carrier_file', field: 'fileId' }),
  /** Reads one stored delivery of a carrier. */
  'tracking.process': job(ofMerchant({ inboundId: Uuid }), 6, { kind: 'inbound', field: 'inboundId' }),
  'carriers.connect': job(ofMerchant({ carrierAccountId: Uuid }), 6, {
    kind: 'carrier_account',
    field: 'carrierAccountId',
  }),
  'carriers.sync_places': job(ofMerchant({ carrierAccountId: Uuid }), 5, {
    kind: 'carrier_account',
    field: 'carrierAccountId',
  }),
  'carriers.poll': job(ofMerchant({ carrierAccountId: Uuid }), 3, {
    kind: 'carrier_account',
    field: 'carrierAccountId',
  }),
  'pickups.request': job(ofMerchant({ pickupId: Uuid }), 6, { kind: 'pickup', field: 'pickupId' }),
  /** Gives what is left of a member's open orders to another, a hundred a transaction. */
  'members.reassign': job(
    ofMerchant({ fromMemberId: Uuid, toMemberId: nullable(Uuid), byMemberId: nullable(Uuid) }),
    6,
    { kind: 'member', field: 'fromMemberId' },
  ),
  /** Takes the orders that are left on a deleted stage to the nearest one, a hundred a transaction, then ends it. */
  'stages.empty': job(ofMerchant({ stageId: Uuid }), 8, { kind: 'stage', field: 'stageId' }),
  /** Brings the orders of a stage to what it says since it was changed, a hundred a transaction. */
  'stages.realign': job(ofMerchant({ stageId: Uuid }), 8, { kind: 'stage', field: 'stageId' }),
  /** Goes on with a bulk operation, a hundred orders a transaction. */
  'bulk.run': job(ofMerchant({ operationId: Uuid }), 8, { kind: 'bulk_operation', field: 'operationId' }),
  /** Reads a long file to its end, then goes on with the pass it is in, five hundred rows a transaction. */
  'imports.run': job(ofMerchant({ importId: Uuid }), 8, { kind: 'import', field: 'importId' }),
  /** Writes the file of an export, from its beginning. */
  'exports.run': job(ofMerchant({ exportId: Uuid }), 4, { kind: 'export', field: 'exportId' }),
  /** Brings past lines to what was said of a thing of a shop, five hundred a transaction. */
  'products.link_lines': job(ofMerchant({ shopProductId: Uuid }), 6, { kind: 'shop_product', field: 'shopProductId' }),
  /** Reads the orders that wait under a spelling of a city, or opens them again, fifty a transaction. */
  'tray.read_spelling': job(ofMerchant({ spellingId: Uuid }), 6, { kind: 'city_spelling', field: 'spellingId' }),
  'tray.unread_spelling': job(ofMerchant({ spellingId: Uuid }), 6, { kind: 'city_spelling', field: 'spellingId' }),
  /** Brings segments up to their rules: all customers, or those whose orders changed lately. */
  'segments.refresh': job(ofMerchant({}), 4, { kind: 'merchant', field: 'merchantId' }),
  'segments.follow': job(ofMerchant({}), 2, { kind: 'merchant', field: 'merchantId' }),
  /** Counts a merchant's past anew and judges its open orders by it, some hundreds a transaction; or those with news. */
  'risk.refresh': job(ofMerchant({}), 5, { kind: 'merchant', field: 'merchantId' }),
  'risk.follow': job(ofMerchant({}), 2, { kind: 'merchant', field: 'merchantId' }),
  /** Tries settings of risk on the past, a week a transaction. */
  'risk.try': job(ofMerchant({ trialId: Uuid }), 4, { kind: 'merchant', field: 'merchantId' }),
  /** Fills a merchant's account with sample orders, twenty a transaction, and takes them away again. */
  'samples.add': job(ofMerchant({}), 6, { kind: 'merchant', field: 'merchantId' }),
  'samples.remove': job(ofMerchant({}), 6, { kind: 'merchant', field: 'merchantId' }),
  /** Runs the checks of a WhatsApp number and reads its templates. */
  'whatsapp.connect': job(ofMerchant({ numberId: Uuid }), 6, { kind: 'whatsapp_number', field: 'numberId' }),
  'whatsapp.submit_template': job(ofMerchant({ templateId: Uuid, numberId: Uuid }), 6, {
    kind: 'template',
    field: 'templateId',
  }),
  /** Gives one message to Meta; a lost answer is settled by a status with our id, never by a blind retry. */
  'whatsapp.send': job(ofMerchant({ messageId: Uuid }), 6, { kind: 'message', field: 'messageId' }),
  /** Gives up on a message whose answer was lost when no status told of it. */
  'whatsapp.doubt': job(ofMerchant({ messageId: Uuid }), 5, { kind: 'message', field: 'messageId' }),
  /** Fetches the bytes of what a buyer sent. */
  'whatsapp.fetch_media': job(ofMerchant({ mediaId: Uuid }), 8, { kind: 'media', field: 'mediaId' }),
  /** Reads one stored delivery of Meta. */
  'whatsapp.process': job(ofMerchant({ inboundId: Uuid }), 6, { kind: 'inbound', field: 'inboundId' }),
  /** Reads one stored delivery of a telephone exchange. */
  'pbx.process': job(ofMerchant({ inboundId: Uuid }), 6, { kind: 'inbound', field: 'inboundId' }),
  /** Sends the message of a run when its time has come, or has it wait, or ends it. */
  'automations.send': job(ofMerchant({ runId: Uuid }), 6, { kind: 'automation_run', field: 'runId' }),
  /** Brings the run and the cost of a message up to what became of it. */
  'automations.follow': job(ofMerchant({ messageId: Uuid }), 6, { kind: 'message', field: 'messageId' }),
  /** Does what a buyer's answer asks for. */
  'automations.answer': job(ofMerchant({ messageId: Uuid }), 6, { kind: 'message', field: 'messageId' }),
  /** Does what the merchant set for a buyer who does not answer. */
  'automations.silence': job(ofMerchant({ runId: Uuid }), 6, { kind: 'automation_run', field: 'runId' }),
  /** Once an interval, over all merchants (see schedule.ts). */
  'schedule.stores': job(closed({}), 1),
  'schedule.carriers': job(closed({}), 1),
  'schedule.carrier_files': job(closed({}), 1),
  'schedule.papers': job(closed({}), 1),
  'schedule.cleanup': job(closed({}), 1),
  'schedule.bulk': job(closed({}), 1),
  'schedule.exports': job(closed({}), 1),
  'schedule.segments': job(closed({}), 1),
  'schedule.segments_nightly': job(closed({}), 1),
  'schedule.imports': job(closed({}), 1),
  'schedule.risk': job(closed({}), 1),
  'schedule.risk_nightly': job(closed({}), 1),
} as const satisfies Record<string, JobDefinition<TSchema>>

export type JobName = keyof typeof catalogue
export type JobPayload<Name extends JobName> = Static<(typeof catalogue)[Name]['payload']>
export const jobNames = Object.keys(catalogue) as JobName[]
