import type { Customer } from '@sendocki/domain/customers/customer'
import { useQueryClient } from '@tanstack/react-query'
import { customerKeys } from './customers.api.ts'

/** Shows a changed customer at once, and has the lists of customers and orders read again. */
export const useTakeOver = () => {
  const queries = useQueryClient()
  return async (customer: Customer): Promise<void> => {
    queries.setQueryData(customerKeys.one(customer.id), customer)
    await Promise.all([
      queries.invalidateQueries({ queryKey: customerKeys.all }),
      queries.invalidateQueries({ queryKey: ['order'] }),
    ])
  }
}
