import {
  CarrierAccount,
  CarrierAccountPage,
  CarrierList,
  CarrierPlacePage,
  CarrierPlaceQuery,
  CreateCarrierAccount,
  EditCarrierAccount,
  MatchPlaces,
} from '@sendocki/domain/carriers/account'
import { SheetLayout } from '@sendocki/domain/carriers/sheet'
import { closed, IdParams, pageQuery, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import {
  createAccount,
  disableAccount,
  editAccount,
  readAccount,
  readAccounts,
  readCarriers,
  syncPlaces,
  testAccount,
} from './carriers.commands.ts'
import { feeRoutes } from './fees.routes.ts'
import { matchPlaces, readPlaces } from './places.commands.ts'
import { chooseLayout, readLayout } from './sheets.commands.ts'

const tags = ['Carriers']

export const carriersRoutes = (app: Api): void => {
  app.get(
    '/carriers',
    {
      config: { permission: 'parcels.read' },
      schema: {
        operationId: 'listCarriers',
        tags,
        summary: 'Carriers with what they can do and the credentials they ask for',
        response: { 200: ref(CarrierList), ...problems },
      },
    },
    (req) => readCarriers(req.ctx),
  )
  app.get(
    '/carrier-accounts',
    {
      config: { permission: 'carriers.read' },
      schema: {
        operationId: 'listCarrierAccounts',
        tags,
        summary: 'The merchant’s carrier accounts, newest first',
        querystring: closed(pageQuery),
        response: { 200: ref(CarrierAccountPage), ...problems },
      },
    },
    (req) => readAccounts(req.ctx, req.query),
  )
  app.post(
    '/carrier-accounts',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'createCarrierAccount',
        tags,
        summary: 'Connect a carrier; the keys are tried by a job',
        body: ref(CreateCarrierAccount),
        response: { 201: ref(CarrierAccount), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(201)
      return createAccount(req.ctx, req.body)
    },
  )
  app.get(
    '/carrier-accounts/:id',
    {
      config: { permission: 'carriers.read' },
      schema: {
        operationId: 'getCarrierAccount',
        tags,
        summary: 'One carrier account',
        params: IdParams,
        response: { 200: ref(CarrierAccount), ...problems },
      },
    },
    (req) => readAccount(req.ctx, req.params.id),
  )
  app.patch(
    '/carrier-accounts/:id',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'editCarrierAccount',
        tags,
        summary: 'Change name, keys or settings, disable or enable',
        params: IdParams,
        body: ref(EditCarrierAccount),
        response: { 200: ref(CarrierAccount), ...problems },
      },
    },
    (req) => editAccount(req.ctx, req.params.id, req.body),
  )
  app.delete(
    '/carrier-accounts/:id',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'disableCarrierAccount',
        tags,
        summary: 'Ship nothing more with this account; parcels on their way are followed to their end',
        params: IdParams,
        response: { 200: ref(CarrierAccount), ...problems },
      },
    },
    (req) => disableAccount(req.ctx, req.params.id),
  )
  jobRoutes(app)
  placeRoutes(app)
}

const jobRoutes = (app: Api): void => {
  app.post(
    '/carrier-accounts/:id/test',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'testCarrierAccount',
        tags,
        summary: 'Try the keys again; `status` tells the result once the job has run',
        params: IdParams,
        response: { 202: ref(CarrierAccount), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(202)
      return testAccount(req.ctx, req.params.id)
    },
  )
  app.post(
    '/carrier-accounts/:id/sync-places',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'syncCarrierPlaces',
        tags,
        summary: 'Read the carrier’s destinations again; `placesSyncedAt` tells when it is done',
        params: IdParams,
        response: { 202: ref(CarrierAccount), ...problems },
      },
    },
    async (req, reply) => {
      reply.code(202)
      return syncPlaces(req.ctx, req.params.id)
    },
  )
}

const placeRoutes = (app: Api): void => {
  app.get(
    '/carrier-accounts/:id/cities',
    {
      config: { permission: 'carriers.read' },
      schema: {
        operationId: 'listCarrierPlaces',
        tags,
        summary: 'The carrier’s destinations and which city of ours each is; weak matches wait for a person',
        params: IdParams,
        querystring: CarrierPlaceQuery,
        response: { 200: ref(CarrierPlacePage), ...problems },
      },
    },
    (req) => readPlaces(req.ctx, req.params.id, req.query),
  )
  app.put(
    '/carrier-accounts/:id/matches',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'matchCarrierPlaces',
        tags,
        summary: 'Say which city of ours the carrier’s places are',
        params: IdParams,
        body: ref(MatchPlaces),
        response: { 200: ref(CarrierPlacePage), ...problems },
      },
    },
    (req) => matchPlaces(req.ctx, req.params.id, req.body),
  )
  feeRoutes(app)
  sheetRoutes(app)
}

const sheetRoutes = (app: Api): void => {
  app.get(
    '/carrier-accounts/:id/sheet-layout',
    {
      config: { permission: 'carriers.read' },
      schema: {
        operationId: 'getSheetLayout',
        tags,
        summary: 'How the file is laid out that the carrier’s portal imports',
        params: IdParams,
        response: { 200: ref(SheetLayout), ...problems },
      },
    },
    (req) => readLayout(req.ctx, req.params.id),
  )
  app.put(
    '/carrier-accounts/:id/sheet-layout',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'chooseSheetLayout',
        tags,
        summary: 'Choose columns, names and the form of phones once for all files of this account',
        params: IdParams,
        body: ref(SheetLayout),
        response: { 200: ref(SheetLayout), ...problems },
      },
    },
    (req) => chooseLayout(req.ctx, req.params.id, req.body),
  )
}
