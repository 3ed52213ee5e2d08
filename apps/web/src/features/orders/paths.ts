/** Where the screens of orders are. */
export const paths = {
  board: '/orders/board',
  table: '/orders/table',
  call: (id: string) => `/calls?order=${id}`,
  calls: '/calls',
  conversation: (id: string) => `/conversations?open=${id}`,
  create: '/orders/new',
  customer: (id: string) => `/customers?open=${id}`,
  duplicates: (id: string) => `/orders/duplicates?open=${id}`,
  order: (id: string) => `/orders/${id}`,
} as const
