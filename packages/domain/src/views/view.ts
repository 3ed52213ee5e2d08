import { type Static, Type } from 'typebox'
import { CustomerFilters, customerSorts } from '../customers/customer.ts'
import { orderSorts } from '../orders/order.ts'
import { OrderSelection } from '../orders/where-schema.ts'
import { closed, Instant, Line, named, nullable, oneOf, ref, Uuid, Version } from '../schema.ts'

/** The lists that can be looked at by views. */
export const viewScreens = ['orders', 'customers'] as const
export type ViewScreen = (typeof viewScreens)[number]
const screen = oneOf(viewScreens)

/** The most views that a member keeps of a list: what a row of tabs can show. */
export const mostViews = 20

const columns = Type.Array(Type.String({ maxLength: 40, pattern: '^[a-zA-Z]{1,40}$' }), {
  maxItems: 40,
  uniqueItems: true,
})
const parts = {
  name: Line(60),
  /** Of the list's own: those of `GET /orders` with a sentence, or those of `GET /customers`. */
  filter: Type.Union([ref(OrderSelection), CustomerFilters]),
  /** Shown columns in their order; a screen passes over those that it does not know. */
  columns: nullable(columns),
  sort: oneOf([...orderSorts, ...customerSorts]),
  density: nullable(oneOf(['comfortable', 'compact'])),
  /** Opened when the list is opened without a filter. At most one. */
  isDefault: Type.Boolean(),
}

/** A member's own way of looking at a list. */
export const View = named(
  'View',
  Type.Object({ id: Uuid, screen, ...parts, position: Type.Integer(), version: Version, updatedAt: Instant }),
)
export type View = Static<typeof View>
export const ViewList = named('ViewList', Type.Object({ items: Type.Array(ref(View)) }))

export const CreateView = named(
  'CreateView',
  closed({
    /** Orders unless it is said. */
    screen: Type.Optional(screen),
    name: parts.name,
    filter: parts.filter,
    columns: Type.Optional(parts.columns),
    sort: Type.Optional(parts.sort),
    density: Type.Optional(parts.density),
    isDefault: Type.Optional(parts.isDefault),
  }),
)
export type CreateView = Static<typeof CreateView>
export const EditView = named(
  'EditView',
  closed({
    version: Version,
    name: Type.Optional(parts.name),
    filter: Type.Optional(parts.filter),
    columns: Type.Optional(parts.columns),
    sort: Type.Optional(parts.sort),
    density: Type.Optional(parts.density),
    isDefault: Type.Optional(parts.isDefault),
  }),
)
export type EditView = Static<typeof EditView>
export const ViewQuery = closed({ screen: Type.Optional(screen) })
export type ViewQuery = Static<typeof ViewQuery>

/** Every view that the member has of a list, in the new order. */
export const OrderViews = named(
  'OrderViews',
  closed({ screen: Type.Optional(screen), ids: Type.Array(Uuid, { maxItems: mostViews, uniqueItems: true }) }),
)
