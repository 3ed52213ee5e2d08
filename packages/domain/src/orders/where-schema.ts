import { type Static, Type } from 'typebox'
import { closed, named, oneOf, ref, Whole } from '../schema.ts'
import { orderFilters } from './order.ts'
import { mostTerms, mostValues, whereFields, whereOps } from './where.ts'

/** One term of a sentence. Which operations a field knows and which values it takes is refused with `request.invalid`. */
export const WhereTerm = named(
  'WhereTerm',
  closed({
    field: oneOf(whereFields),
    op: oneOf(whereOps),
    values: Type.Optional(
      Type.Array(Type.Union([Type.String({ maxLength: 80 }), Whole, Type.Boolean()]), {
        maxItems: mostValues,
      }),
    ),
  }),
)
const terms = Type.Array(ref(WhereTerm), { minItems: 1, maxItems: mostTerms })
const group = Type.Union([closed({ all: terms }), closed({ any: terms })])
const parts = Type.Array(Type.Union([ref(WhereTerm), group]), { minItems: 1, maxItems: mostTerms })

/** Terms joined by AND (`all`) and OR (`any`), two deep, 20 terms. */
export const Where = named('Where', Type.Union([closed({ all: parts }), closed({ any: parts })]))

const { ids: _ids, where: _where, ...plain } = orderFilters
/** Which orders: the filters of the list, with the sentence as an object. */
export const OrderSelection = named('OrderSelection', closed({ ...plain, where: Type.Optional(ref(Where)) }))
export type OrderSelection = Static<typeof OrderSelection>
