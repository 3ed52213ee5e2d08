import { CarrierFee, CarrierFeeList, CarrierFeeQuery, SetCarrierFee } from '@sendocki/domain/carriers/account'
import { closed, Day, IdParams, Line, pageQuery, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { readComingFees, readFees, removeComingFee, setFee } from './fees.commands.ts'

const tags = ['Carriers']

/** What places cost: now, on a day, and from a day on. */
export const feeRoutes = (app: Api): void => {
  app.get(
    '/carrier-accounts/:id/fees',
    {
      config: { permission: 'carriers.read' },
      schema: {
        operationId: 'listCarrierFees',
        tags,
        summary: 'What a delivery costs and how long it takes, by city',
        params: IdParams,
        querystring: CarrierFeeQuery,
        response: { 200: ref(CarrierFeeList), ...problems },
      },
    },
    (req) => readFees(req.ctx, req.params.id, req.query),
  )
  app.put(
    '/carrier-accounts/:id/fees',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'setCarrierFee',
        tags,
        summary: 'Say what a place costs from today or a coming day on; only for carriers without API',
        params: IdParams,
        body: ref(SetCarrierFee),
        response: { 200: CarrierFee, ...problems },
      },
    },
    (req) => setFee(req.ctx, req.params.id, req.body),
  )
  app.get(
    '/carrier-accounts/:id/coming-fees',
    {
      config: { permission: 'carriers.read' },
      schema: {
        operationId: 'listComingFees',
        tags,
        summary: 'Fees that were said and do not hold yet, by place and day',
        params: IdParams,
        querystring: closed(pageQuery),
        response: { 200: ref(CarrierFeeList), ...problems },
      },
    },
    (req) => readComingFees(req.ctx, req.params.id, req.query),
  )
  app.delete(
    '/carrier-accounts/:id/coming-fees',
    {
      config: { permission: 'carriers.edit' },
      schema: {
        operationId: 'removeComingFee',
        tags,
        summary: 'Take back a fee before its day; one that holds or held stays, because parcels are counted by it',
        params: IdParams,
        querystring: closed({ place: Line(40), validFrom: Day }),
        response: { 200: CarrierFee, ...problems },
      },
    },
    (req) => removeComingFee(req.ctx, req.params.id, { placeId: req.query.place, validFrom: req.query.validFrom }),
  )
}
