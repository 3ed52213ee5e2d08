import { type CustomerTwins, twinReason, twinReasons } from '@sendocki/domain/customers/twins'
import type { Ctx } from '../../context.ts'
import { findSubjects } from '../search/index.ts'
import { assertCustomer, seesPhone } from './customers.commands.ts'
import { knownOf } from './list.commands.ts'
import { findLiving } from './twins.queries.ts'

/** How many are looked at under a name or a number, and how many are shown. */
const lookedAt = 200
const shown = 3

/** Other customers who may be this one, the surest first; a person decides, and a merge can be taken back. */
export const readTwins = (ctx: Ctx, id: string): Promise<CustomerTwins> =>
  ctx.read(async (tx) => {
    const customer = await assertCustomer(ctx, tx, id)
    const asked = [customer.name, customer.phone, customer.alternatePhone].filter((text) => text !== null)
    const found = await Promise.all(asked.map((text) => findSubjects(ctx, tx, text, lookedAt)))
    const ids = new Set(found.flatMap(({ customerIds }) => customerIds))
    ids.delete(customer.id)
    const twins = (await findLiving(tx, [...ids])).flatMap((row) => {
      const reason = twinReason(customer, row)
      return reason === null ? [] : [{ reason, row }]
    })
    const surest = twins
      .toSorted((a, b) => twinReasons.indexOf(a.reason) - twinReasons.indexOf(b.reason))
      .slice(0, shown)
    const now = ctx.now.toISOString()
    return {
      items: await Promise.all(
        surest.map(async ({ reason, row }) => ({
          reason,
          customer: { ...knownOf(row, !(await seesPhone(ctx, tx, row.id)), now), statistics: null },
        })),
      ),
    }
  })
