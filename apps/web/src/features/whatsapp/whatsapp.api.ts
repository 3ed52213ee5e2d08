import type { EditOrder, MoveOrder } from '@sendocki/domain/orders/order'
import type { ConversationFilter, SaveQuickReply, StartConversation } from '@sendocki/domain/whatsapp/conversation'
import type { KeepMedia } from '@sendocki/domain/whatsapp/media'
import type { SendMessage } from '@sendocki/domain/whatsapp/message'
import type { CreateWhatsAppNumber, EditWhatsAppNumber } from '@sendocki/domain/whatsapp/number'
import type { CreateWhatsAppTemplate, EditWhatsAppTemplate } from '@sendocki/domain/whatsapp/template'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

/** Keys begin with the noun that the stream names. */
export const whatsappKeys = {
  numbers: ['whatsapp_number'],
  templates: ['template'],
  conversations: ['conversation'],
  quickReplies: ['quick_reply'],
  media: ['media'],
} as const

const at = (id: string) => ({ params: { path: { id } } })
const once = (key: string) => ({ headers: { 'Idempotency-Key': key } })

export const numbersQuery = queryOptions({
  queryKey: [...whatsappKeys.numbers, 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/whatsapp/numbers', { signal })),
})
export const numberQuery = (id: string) =>
  queryOptions({
    queryKey: [...whatsappKeys.numbers, 'one', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/whatsapp/numbers/{id}', { ...at(id), signal })),
  })
export const createNumber = (body: CreateWhatsAppNumber, key: string) =>
  bodyOf(api.POST('/api/v1/whatsapp/numbers', { body, ...once(key) }))
export const editNumber = (id: string, body: EditWhatsAppNumber) =>
  bodyOf(api.PATCH('/api/v1/whatsapp/numbers/{id}', { ...at(id), body }))
export const testNumber = (id: string) => bodyOf(api.POST('/api/v1/whatsapp/numbers/{id}/test', at(id)))
export const disconnectNumber = (id: string) => bodyOf(api.DELETE('/api/v1/whatsapp/numbers/{id}', at(id)))

/** The stores that can write from a number. */
export const storesQuery = queryOptions({
  queryKey: ['store', 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/stores', { params: { query: { limit: 200 } }, signal })),
})

export const templatesQuery = infiniteQueryOptions({
  queryKey: [...whatsappKeys.templates, 'list'],
  queryFn: ({ pageParam, signal }) =>
    bodyOf(api.GET('/api/v1/whatsapp/templates', { params: { query: after(pageParam) }, signal })),
  ...pages,
})
/** The templates that can be sent from a number now. */
export const approvedQuery = (numberId: string) =>
  queryOptions({
    queryKey: [...whatsappKeys.templates, 'approved', numberId],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/api/v1/whatsapp/templates', {
          params: { query: { numberId, state: 'approved', limit: 200 } },
          signal,
        }),
      ),
  })
export const previewQuery = (id: string, orderId: string) =>
  queryOptions({
    queryKey: [...whatsappKeys.templates, 'preview', id, orderId],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/api/v1/whatsapp/templates/{id}/preview', { params: { path: { id }, query: { orderId } }, signal }),
      ),
  })
export const createTemplate = (body: CreateWhatsAppTemplate, key: string) =>
  bodyOf(api.POST('/api/v1/whatsapp/templates', { body, ...once(key) }))
export const editTemplate = (id: string, body: EditWhatsAppTemplate) =>
  bodyOf(api.PATCH('/api/v1/whatsapp/templates/{id}', { ...at(id), body }))

export interface InboxFilters {
  readonly filter: ConversationFilter
  readonly q: string | null
  readonly numberId: string | null
}
/** The conversations with one customer under all of their numbers, the newest first. */
export const conversationsWithQuery = (customerId: string) =>
  queryOptions({
    queryKey: [...whatsappKeys.conversations, 'with', customerId],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/whatsapp/conversations', { params: { query: { customerId, limit: 20 } }, signal })),
  })
export const conversationsQuery = ({ filter, q, numberId }: InboxFilters) =>
  infiniteQueryOptions({
    queryKey: [...whatsappKeys.conversations, 'list', filter, q, numberId],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/whatsapp/conversations', {
          params: {
            query: { filter, ...(q ? { q } : {}), ...(numberId ? { numberId } : {}), ...after(pageParam) },
          },
          signal,
        }),
      ),
    ...pages,
  })
export const countsQuery = queryOptions({
  queryKey: [...whatsappKeys.conversations, 'counts'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/whatsapp/conversations/counts', { signal })),
})
export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: [...whatsappKeys.conversations, 'one', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/whatsapp/conversations/{id}', { ...at(id), signal })),
  })
export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...whatsappKeys.conversations, 'messages', id],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/v1/whatsapp/conversations/{id}/messages', {
          params: { path: { id }, query: after(pageParam) },
          signal,
        }),
      ),
    ...pages,
  })
export const startConversation = (body: StartConversation) =>
  bodyOf(api.POST('/api/v1/whatsapp/conversations', { body }))
/** Sent once, however often the button is pressed: the key belongs to what was typed. */
export const sendMessage = (id: string, body: SendMessage, key: string) =>
  bodyOf(api.POST('/api/v1/whatsapp/conversations/{id}/messages', { ...at(id), body, ...once(key) }))
export const addNote = (id: string, text: string, key: string) =>
  bodyOf(api.POST('/api/v1/whatsapp/conversations/{id}/notes', { ...at(id), body: { text }, ...once(key) }))
export const assignConversation = (id: string, memberId: string | null) =>
  bodyOf(api.POST('/api/v1/whatsapp/conversations/{id}/assign', { ...at(id), body: { memberId } }))
export const markRead = (id: string) => bodyOf(api.POST('/api/v1/whatsapp/conversations/{id}/read', at(id)))
export const settleProposal = (id: string) =>
  bodyOf(api.POST('/api/v1/whatsapp/conversations/{id}/settle-proposal', at(id)))

export const quickRepliesQuery = queryOptions({
  queryKey: whatsappKeys.quickReplies,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/whatsapp/quick-replies', { signal })),
})
export const createQuickReply = (body: SaveQuickReply) => bodyOf(api.POST('/api/v1/whatsapp/quick-replies', { body }))

export const deleteQuickReply = (id: string) => bodyOf(api.DELETE('/api/v1/whatsapp/quick-replies/{id}', at(id)))

/** Files that are kept to be sent again. */
export const libraryQuery = queryOptions({
  queryKey: [...whatsappKeys.media, 'library'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/whatsapp/media', { signal })),
})
/** The bytes of a file; under one id they never change, so no news make them stale. */
export const mediaBytesQuery = (id: string) =>
  queryOptions({
    queryKey: ['mediaBytes', id],
    queryFn: async ({ signal }) =>
      (await bodyOf(
        api.GET('/api/v1/whatsapp/media/{id}', { params: { path: { id } }, parseAs: 'blob', signal }),
      )) as unknown as Blob,
    staleTime: Number.POSITIVE_INFINITY,
  })
/** What a file is, its bytes say: they travel without a type. */
export const uploadMedia = (file: Blob, fileName: string | null) =>
  bodyOf(
    api.POST('/api/v1/whatsapp/media', {
      params: { query: fileName === null ? {} : { fileName } },
      body: file as never,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'content-type': 'application/octet-stream' },
    } as never),
  )
export const fetchMediaAgain = (id: string) => bodyOf(api.POST('/api/v1/whatsapp/media/{id}/fetch', at(id)))
export const keepMedia = (id: string, body: KeepMedia) =>
  bodyOf(api.POST('/api/v1/whatsapp/media/{id}/keep', { ...at(id), body }))
export const letMediaGo = (id: string) => bodyOf(api.DELETE('/api/v1/whatsapp/media/{id}/keep', at(id)))

export const pipelineQuery = queryOptions({
  queryKey: ['pipeline'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/pipeline', { signal })),
  staleTime: 5 * 60_000,
})
export const membersQuery = queryOptions({
  queryKey: ['member', 'list'],
  queryFn: ({ signal }) =>
    bodyOf(api.GET('/api/v1/members', { params: { query: { limit: 200, disabled: false } }, signal })),
})
export const customerOrdersQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['order', 'customer', customerId],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/api/v1/customers/{id}/orders', {
          params: { path: { id: customerId }, query: { limit: 10 } },
          signal,
        }),
      ),
  })
export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', 'one', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/customers/{id}', { ...at(id), signal })),
  })
/** Other cards that may be the same person. */
export const twinsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', 'twins', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/customers/{id}/twins', { ...at(id), signal })),
  })
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['customer', 'search', q],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/search', { params: { query: { q } }, signal })),
  })
export const readOrder = (id: string) => bodyOf(api.GET('/api/v1/orders/{id}', at(id)))
export const editOrder = (id: string, body: EditOrder) => bodyOf(api.PATCH('/api/v1/orders/{id}', { ...at(id), body }))
export const moveOrder = (id: string, body: MoveOrder) =>
  bodyOf(api.POST('/api/v1/orders/{id}/move', { ...at(id), body }))
