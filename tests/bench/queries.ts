import type { MerchantTx } from '@sendocki/api/db/client'
import type { Statement } from '@sendocki/api/db/statement'
import { boardColumns, listOrders } from '@sendocki/api/modules/orders/list.queries'
import { listMarks } from '@sendocki/api/modules/orders/marks.queries'
import { everything, findLines, findLinesShown, findOrder } from '@sendocki/api/modules/orders/orders.queries'
import { lookAround } from '@sendocki/api/modules/risk/history.queries'
import { beforeAll, judgedPage, touchedSince } from '@sendocki/api/modules/risk/subjects.queries'
import { lookUp } from '@sendocki/api/modules/search/search.queries'

export interface ListedQuery {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

interface Facts {
  readonly merchantId: string
  readonly stageId: string
  readonly id: string
  readonly customerId: string
}

/** The statements that the screens lean on, as the product itself compiles them. */
export const listedQueries = ({ merchantId, stageId, id, customerId }: Facts): ListedQuery[] => {
  const kept: ListedQuery[] = []
  const tx = (name: string): MerchantTx =>
    ({
      merchantId,
      run: async <Row>(statement: Statement<Row>, args: Readonly<Record<string, unknown>>): Promise<Row[]> => {
        kept.push({ name, text: statement.text, values: statement.bind(args) })
        return []
      },
    }) as unknown as MerchantTx
  const now = '2026-11-20T20:00:00.000Z'
  const first = { sort: '-createdAt', after: null, limit: 50 } as const
  const next = { ...first, after: { key: now, id } }
  const select = (conditions: readonly string[], args: object) =>
    ({ conditions, scope: ['all'], args: { ...args, now, memberId: null } }) as never
  void listOrders(tx('orders-first'), select([], {}), first)
  void listOrders(tx('orders-next'), select([], {}), next)
  void listOrders(tx('orders-of-stage'), select(['stageId'], { stageId }), first)
  void listOrders(tx('orders-of-stage-next'), select(['stageId'], { stageId }), next)
  void listOrders(tx('orders-of-stage-by-age'), select(['stageId'], { stageId }), { ...first, sort: 'stateSince' })
  void listOrders(tx('orders-of-state'), select(['state'], { state: 'delivered' }), first)
  void listOrders(tx('orders-by-amount'), select([], {}), { ...first, sort: '-totalCentimes' })
  void listOrders(tx('orders-late'), select(['late'], {}), first)
  void listOrders(tx('orders-incomplete'), select(['incomplete'], {}), first)
  void listOrders(tx('orders-of-city'), select(['city'], { city: 'rabat' }), first)
  void listOrders(tx('orders-of-customer'), select(['customerId'], { customerId }), first)
  void listOrders(tx('orders-by-cash'), select(['cash'], { cash: 'due' }), first)
  void boardColumns(tx('board'), select([], {}), false)
  void listMarks(tx('order-marks'), everything, [id])
  void findOrder(tx('order'), everything, id)
  void findLines(tx('order-lines'), id)
  void findLinesShown(tx('order-lines-shown'), id)
  const subject = {
    ...{ id, customerId, addressKey: 'rabat|12 rue des roses', cityId: 'rabat', productIds: [], totalCentimes: 0 },
    ...{ phoneVerdict: null, placedAt: now, until: now },
  }
  void lookAround(tx('risk-of-new'), [subject])
  void touchedSince(tx('risk-touched'), now, 100)
  void judgedPage(tx('risk-page'), 'new', { after: beforeAll, limit: 300, until: now })
  void lookUp(tx('search-phone'), { term: '612345', kinds: ['phone'], whole: false, limit: 50 })
  return kept
}
