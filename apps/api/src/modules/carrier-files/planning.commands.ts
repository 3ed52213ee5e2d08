import { planPlaces } from '@sendocki/domain/carrier-files/places'
import {
  orderNumberOf,
  phoneOf,
  planPayout,
  planTracking,
  type RowFields,
  type RowPlan,
} from '@sendocki/domain/carrier-files/rows'
import { wordKey } from '@sendocki/domain/carrier-files/words'
import { readRow } from '@sendocki/domain/columns'
import { dayOf } from '@sendocki/domain/time'
import type { Ctx, MerchantTx } from '../../context.ts'
import { knownPlaces, matchOf } from '../carriers/index.ts'
import { statusesOf } from '../cash/index.ts'
import { meaningsOf } from '../parcels/index.ts'
import { cellsOf, everyRow, type FileRow, findKnown, type Names, type TriedRow } from './carrier-files.queries.ts'

/** What every row of a file would do, by the facts of this moment: a few statements, whatever the number of rows. */
export const planRows = async (ctx: Ctx, tx: MerchantTx, file: FileRow): Promise<TriedRow[]> => {
  const cells = await cellsOf(tx, file.id, everyRow)
  const first = file.mapping.hasHeader ? 1 : 0
  const rows = cells.slice(first).map((row) => readRow(row, file.mapping))
  const header: TriedRow[] = first === 1 ? [{ ...nothing, row: 0 }] : []
  const plans = file.kind === 'places' ? await placePlans(ctx, tx, file, rows) : await parcelPlans(ctx, tx, file, rows)
  return [...header, ...plans.map((plan, index) => ({ ...plan, row: index + first }))]
}

const nothing = { outcome: null, reason: null, parcelId: null, effect: null, place: null }

type Plan = Omit<TriedRow, 'row'>

/** A city that is not surely one of ours is taken all the same: it waits among the cities to be reviewed. */
const placePlans = async (
  ctx: Ctx,
  tx: MerchantTx,
  { carrierAccountId }: FileRow,
  rows: readonly RowFields[],
): Promise<Plan[]> =>
  planPlaces(rows, await knownPlaces(tx, carrierAccountId, dayOf(ctx.now))).map(({ outcome, reason, place }) => {
    const match = place && outcome === 'created' ? matchOf(place.name) : 'exact'
    const doubt = match === 'weak' ? 'city_weak' : match === 'none' ? 'city_unmatched' : null
    return { ...nothing, outcome, reason: reason ?? doubt, place }
  })

const parcelPlans = async (ctx: Ctx, tx: MerchantTx, file: FileRow, rows: readonly RowFields[]): Promise<Plan[]> => {
  const { carrierAccountId, kind } = file
  const known = await findKnown(tx, carrierAccountId, namesIn(rows))
  const meanings = kind === 'tracking' ? await meaningsOf(tx, carrierAccountId) : []
  const facts = {
    carrierAccountId,
    known,
    words: new Map(meanings.map(([word, status]) => [wordKey(word), status] as const)),
    now: ctx.now.toISOString(),
  }
  if (kind === 'tracking') return planTracking(rows, facts).map(planned)
  const cash = await statusesOf(
    tx,
    known.map(({ id }) => id),
  )
  return planPayout(rows, facts, cash).map(planned)
}

const planned = (plan: RowPlan): Plan => ({ ...nothing, ...plan })

/** Every spelling in which a number may be stored: carriers print what people then type again. */
const spellings = (text: string): string[] => {
  const plain = text.replace(/\s+/g, '')
  return [text, plain, plain.toUpperCase(), plain.toLowerCase()]
}

const namesIn = (rows: readonly RowFields[]): Names => {
  const trackings = rows.flatMap(({ tracking }) => (tracking ? spellings(tracking) : []))
  const references = rows.flatMap(({ reference }) => (reference ? spellings(reference) : []))
  return {
    trackingNumbers: [...new Set(trackings)],
    references: [...new Set([...references, ...trackings])],
    orderNumbers: [
      ...new Set(rows.flatMap(({ orderNumber, reference }) => orderNumberOf(orderNumber ?? reference ?? '') ?? [])),
    ],
    phones: [...new Set(rows.flatMap(({ phone }) => (phone ? (phoneOf(phone) ?? []) : [])))],
  }
}
