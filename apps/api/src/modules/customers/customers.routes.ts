import { Customer } from '@sendocki/domain/customers/customer'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { openCustomer } from './customers.commands.ts'

export const customersRoutes = (app: Api): void => {
  app.get(
    '/customers/:id',
    {
      config: { permission: 'customers.read', reveals: true },
      schema: {
        operationId: 'getCustomer',
        tags: ['Customers'],
        summary: 'One customer',
        params: IdParams,
        response: { 200: ref(Customer), ...problems },
      },
    },
    (req) => openCustomer(req.ctx, req.params.id),
  )
}
