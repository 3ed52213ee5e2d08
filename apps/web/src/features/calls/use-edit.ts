import type { EditOrder, Order } from '@sendocki/domain/orders/order'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemText } from '../../lib/problem.ts'
import { showToast } from '../../ui/toast.tsx'
import { editOrder, orderQuery } from './calls.api.ts'

/** Changes the order while talking. The answer hides the phone again from an agent, so the order is read once more. */
export const useEdit = (order: Order) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (edit: Omit<EditOrder, 'version'>) => editOrder(order.id, { version: order.version, ...edit }),
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
    onSettled: () => queries.invalidateQueries({ queryKey: orderQuery(order.id).queryKey }),
  })
}
