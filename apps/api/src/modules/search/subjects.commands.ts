import { phoneSightOf } from '@sendocki/domain/orders/visibility'
import { customerTermKinds, searchLookups, type TermKind, type TermLookup } from '@sendocki/domain/search/query'
import type { Ctx, MerchantTx } from '../../context.ts'
import { type Hit, havingWord, lookUp } from './search.queries.ts'

/** Whom and what a typed text names. */
export interface Subjects {
  /** `few`: all of them, by id. `many`: too many to name; the terms to ask each order for. */
  readonly kind: 'few' | 'many'
  readonly orderIds: readonly string[]
  readonly customerIds: readonly string[]
  readonly customerTerm: string
  readonly customerKinds: readonly TermKind[]
  readonly orderTerm: string
  readonly orderKinds: readonly TermKind[]
  /** Whether digits of a phone led here. */
  readonly byPhone: boolean
}

const isCustomerKind = (kind: TermKind) => (customerTermKinds as readonly TermKind[]).includes(kind)

/** What the actor may search by: a phone that lists hide cannot be found by its digits. */
const permitted = (ctx: Ctx, lookups: readonly TermLookup[]): TermLookup[] => {
  const sight = phoneSightOf(ctx.actor.role)
  const hidden = sight === 'never' || sight === 'held'
  return lookups.filter(({ kinds }) => !(hidden && kinds.includes('phone')))
}

/** Hits of one look-up that also have the other words typed. */
const hitsOf = async (tx: MerchantTx, { alsoWords, ...lookup }: TermLookup, limit: number): Promise<Hit[]> => {
  let hits = await lookUp(tx, { ...lookup, limit })
  for (const word of alsoWords) {
    const kept = await havingWord(
      tx,
      hits.map(({ subjectId }) => subjectId),
      word,
    )
    hits = hits.filter(({ subjectId }) => kept.has(subjectId))
  }
  return hits
}

/** Subjects beyond this many are asked for one by one instead of being named. */
const fewest = 1_000

export const findSubjects = async (ctx: Ctx, tx: MerchantTx, text: string, most = fewest): Promise<Subjects> => {
  const lookups = permitted(ctx, searchLookups(text))
  const found = await Promise.all(lookups.map((lookup) => hitsOf(tx, lookup, most + 1)))
  const hits = found.flat()
  const ids = (wanted: boolean) => [
    ...new Set(hits.filter(({ kind }) => isCustomerKind(kind) === wanted).map(({ subjectId }) => subjectId)),
  ]
  const first = (wanted: boolean) => lookups.find(({ kinds }) => kinds.some((kind) => isCustomerKind(kind) === wanted))
  const [customer, order] = [first(true), first(false)]
  return {
    kind: found.some((some) => some.length > most) ? 'many' : 'few',
    orderIds: ids(false),
    customerIds: ids(true),
    customerTerm: customer?.term ?? '',
    customerKinds: customer?.kinds ?? [],
    orderTerm: order?.term ?? '',
    orderKinds: order?.kinds ?? [],
    byPhone: hits.some(({ kind }) => kind === 'phone'),
  }
}
