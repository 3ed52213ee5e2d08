import { useQuery } from '@tanstack/react-query'
import { conversationQuery, customerOrdersQuery } from '../orders.api.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { filledFrom } from './known-customer.tsx'

/** What a new order begins with. */
export interface Prefill {
  readonly draft: Draft
  /** The conversation that it comes from, and the number of its buyer as the reader may see it; null where it is hidden. */
  readonly from: { readonly conversationId: string; readonly phone: string | null } | null
}

/** Who writes in a conversation, with the address of their last order; null until it is known. */
export const usePrefill = (conversationId: string | null) => {
  const {
    data: conversation,
    error,
    refetch,
  } = useQuery({ ...conversationQuery(conversationId ?? ''), enabled: conversationId !== null })
  const customerId = conversation?.customerId ?? null
  const { data: orders, error: ordersError } = useQuery({
    ...customerOrdersQuery(customerId ?? ''),
    enabled: customerId !== null,
  })
  const waits = conversationId !== null && (!conversation || (customerId !== null && !orders && !ordersError))
  const last = orders?.items[0]
  const prefill: Prefill | null = waits
    ? null
    : {
        draft: filledFrom(emptyDraft, conversation?.contact.name ?? '', last),
        from: conversation ? { conversationId: conversation.id, phone: conversation.contact.phone } : null,
      }
  return { prefill, error, refetch }
}
