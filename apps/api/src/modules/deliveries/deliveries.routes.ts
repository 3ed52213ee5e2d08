import { DriverRoute, SettleDelivery, SettledDelivery } from '@sendocki/domain/deliveries/route'
import { closed, ref, Uuid } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { readRoute, settleDelivery, undoDelivery } from './deliveries.commands.ts'

const tags = ['Deliveries']
const ParcelParams = closed({ parcelId: Uuid })

export const deliveriesRoutes = (app: Api): void => {
  app.get(
    '/driver/route',
    {
      config: { permission: 'deliveries.read' },
      schema: {
        operationId: 'getDriverRoute',
        tags,
        summary: 'The deliveries of whoever asks: the parcels of the accounts that this member drives',
        response: { 200: ref(DriverRoute), ...problems },
      },
    },
    (req) => readRoute(req.ctx),
  )
  app.post(
    '/driver/deliveries/:parcelId',
    {
      config: { permission: 'deliveries.edit', idempotency: 'required' },
      schema: {
        operationId: 'settleDelivery',
        tags,
        summary: 'What happened at the door: delivered with an amount, or failed with a reason',
        params: ParcelParams,
        body: ref(SettleDelivery),
        response: { 200: ref(SettledDelivery), ...problems },
      },
    },
    (req) => settleDelivery(req.ctx, req.params.parcelId, req.body),
  )
  app.post(
    '/driver/deliveries/:parcelId/undo',
    {
      config: { permission: 'deliveries.edit' },
      schema: {
        operationId: 'undoDelivery',
        tags,
        summary: 'Take back the newest thing that the same driver said of a delivery',
        params: ParcelParams,
        response: { 200: ref(DriverRoute), ...problems },
      },
    },
    (req) => undoDelivery(req.ctx, req.params.parcelId),
  )
}
