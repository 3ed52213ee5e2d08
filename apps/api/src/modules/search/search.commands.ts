import { phoneSightOf, phonesSeenSince } from '@sendocki/domain/orders/visibility'
import { maskPhone } from '@sendocki/domain/phone-format'
import { cityById } from '@sendocki/domain/places/cities'
import type { SearchResults } from '@sendocki/domain/search/results'
import type { Ctx } from '../../context.ts'
import { newestOrders, someCustomers } from './search.queries.ts'
import { findSubjects } from './subjects.commands.ts'

/** What one look into the box reads and shows at most. */
const mostSubjects = 50
const shown = 8

/** One box for everything: the newest orders and the customers that a typed text names, within the actor's sight. */
export const search = (ctx: Ctx, text: string): Promise<SearchResults> =>
  ctx.read(async (tx) => {
    const found = await findSubjects(ctx, tx, text, mostSubjects)
    const viewer = { scope: ctx.actor.role?.scope ?? (['all'] as const), memberId: ctx.actor.memberId }
    const limited = phoneSightOf(ctx.actor.role) === 'until_settled'
    const since = limited && found.byPhone ? { endedSince: phonesSeenSince(ctx.now) } : {}
    const orders = await newestOrders(tx, viewer, { ...found, ...since }, shown)
    const known = limited && found.byPhone ? orders.map(({ customerId }) => customerId) : found.customerIds
    const customers = await someCustomers(tx, viewer, known, shown)
    return {
      orders: orders.map(({ cityText, ...order }) => ({
        ...order,
        city: (order.cityId === null ? undefined : cityById.get(order.cityId)?.fr) ?? cityText,
      })),
      customers: customers.map((customer) => ({
        ...customer,
        phone: limited && customer.phone !== null ? maskPhone(customer.phone) : customer.phone,
      })),
    }
  })
