import {
  CollectionOperation,
  CollectionPage,
  CollectionQuery,
  CollectionSummary,
  MarkCollections,
} from '@sendocki/domain/cash/collection'
import { LedgerBalances, LedgerEntryPage, LedgerQuery } from '@sendocki/domain/cash/ledger'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { markCollections, readCollections, readSummary, undoOperation } from './collections.commands.ts'
import { readBalances, readEntries } from './ledger.commands.ts'

const tags = ['Cash']

export const cashRoutes = (app: Api): void => {
  app.get(
    '/collections',
    {
      config: { permission: 'cash.read' },
      schema: {
        operationId: 'listCollections',
        tags,
        summary: 'The cash of delivered parcels: due, collected, in dispute',
        querystring: CollectionQuery,
        response: { 200: ref(CollectionPage), ...problems },
      },
    },
    (req) => readCollections(req.ctx, req.query),
  )
  app.get(
    '/collections/summary',
    {
      config: { permission: 'cash.read' },
      schema: {
        operationId: 'summariseCollections',
        tags,
        summary: 'Counts and sums by carrier, status and age since the delivery',
        response: { 200: ref(CollectionSummary), ...problems },
      },
    },
    (req) => readSummary(req.ctx),
  )
  app.post(
    '/collections/mark',
    {
      config: { permission: 'cash.edit', idempotency: 'required' },
      schema: {
        operationId: 'markCollections',
        tags,
        summary: 'Mark parcels as collected or in dispute, all or none; one operation to undo',
        body: ref(MarkCollections),
        response: { 200: ref(CollectionOperation), ...problems },
      },
    },
    (req) => markCollections(req.ctx, req.body),
  )
  app.post(
    '/collections/operations/:id/undo',
    {
      config: { permission: 'cash.edit' },
      schema: {
        operationId: 'undoCollectionOperation',
        tags,
        summary: 'Take a whole marking back; its ledger entries are reversed',
        params: IdParams,
        response: { 200: ref(CollectionOperation), ...problems },
      },
    },
    (req) => undoOperation(req.ctx, req.params.id),
  )
  ledgerRoutes(app)
}

const ledgerRoutes = (app: Api): void => {
  app.get(
    '/ledger/entries',
    {
      config: { permission: 'cash.read' },
      schema: {
        operationId: 'listLedgerEntries',
        tags,
        summary: 'Entries of the ledger, newest first; the lines of each sum to zero',
        querystring: LedgerQuery,
        response: { 200: ref(LedgerEntryPage), ...problems },
      },
    },
    (req) => readEntries(req.ctx, req.query),
  )
  app.get(
    '/ledger/balances',
    {
      config: { permission: 'cash.read' },
      schema: {
        operationId: 'listLedgerBalances',
        tags,
        summary: 'What each account of the ledger holds; the sum is zero at every instant',
        response: { 200: ref(LedgerBalances), ...problems },
      },
    },
    (req) => readBalances(req.ctx),
  )
}
