import { type Static, Type } from 'typebox'
import { sumCentimes } from '../money.ts'
import { ok, type Result, refuse } from '../result.ts'
import { closed, Instant, named, nullable, oneOf, page, pageQuery, ref, SignedCentimes, Uuid } from '../schema.ts'

/*
 * The ledger: double entry in centimes, debit positive. An entry is written once and never changed; what was wrong is
 * reversed by another entry. Source: product.md 9, law 5.
 */

export const entryKinds = ['delivered', 'collected', 'reversal'] as const
export type EntryKind = (typeof entryKinds)[number]

export interface LedgerLine {
  readonly account: string
  readonly amountCentimes: number
}

/** Who took the buyer's money: a carrier, or a driver of ours. */
export interface CashHolder {
  readonly carrierAccountId: string
  readonly driverMemberId: string | null
}

/** `carrier:{accountId}` is what a carrier holds for us, `driver:{memberId}` what one of our own drivers does. */
export const holderLedgerAccount = ({ carrierAccountId, driverMemberId }: CashHolder): string =>
  driverMemberId === null ? `carrier:${carrierAccountId}` : `driver:${driverMemberId}`

/** Whose account the entry of a delivery made larger: it is the one to be settled, whoever drives by now. */
export const holderIn = (lines: readonly LedgerLine[]): string | null =>
  lines.find(({ account, amountCentimes }) => amountCentimes > 0 && account !== 'bank')?.account ?? null

/** The lines of an entry if they sum to zero and none of them is empty. */
export const balanced = (lines: readonly LedgerLine[]): Result<readonly LedgerLine[]> => {
  const sum = sumCentimes(lines.map(({ amountCentimes }) => amountCentimes))
  if (sum !== 0 || lines.length < 2 || lines.some(({ amountCentimes }) => amountCentimes === 0))
    return refuse('ledger.unbalanced', { sumCentimes: sum })
  return ok(lines)
}

const transfer = (debit: string, credit: string, amountCentimes: number) =>
  balanced([
    { account: debit, amountCentimes },
    { account: credit, amountCentimes: -amountCentimes },
  ])

/** A delivered parcel: whoever took the money at the door owes it to us. */
export const deliveredEntry = (holder: CashHolder, amountCentimes: number) =>
  transfer(holderLedgerAccount(holder), 'sales', amountCentimes)

/** Money that a person marked as received from `account`, the holder's. */
export const collectedEntry = (account: string, amountCentimes: number) => transfer('bank', account, amountCentimes)

/** The same lines the other way round: the two entries together are nothing. */
export const reversalOf = (lines: readonly LedgerLine[]) =>
  balanced(lines.map(({ account, amountCentimes }) => ({ account, amountCentimes: -amountCentimes })))

const Line = Type.Object({ account: Type.String(), amountCentimes: SignedCentimes })

export const LedgerEntry = named(
  'LedgerEntry',
  Type.Object({
    id: Uuid,
    at: Instant,
    kind: oneOf(entryKinds),
    subject: Type.Object({ kind: Type.String(), id: Uuid }),
    lines: Type.Array(Line),
    /** The entry that this one takes back. */
    reverses: nullable(Uuid),
  }),
)
export type LedgerEntry = Static<typeof LedgerEntry>
export const LedgerEntryPage = page('LedgerEntryPage', ref(LedgerEntry))
export const LedgerQuery = closed({
  account: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  subjectId: Type.Optional(Uuid),
  ...pageQuery,
})
export type LedgerQuery = Static<typeof LedgerQuery>

export const LedgerBalances = named(
  'LedgerBalances',
  Type.Object({
    items: Type.Array(Type.Object({ account: Type.String(), balanceCentimes: SignedCentimes })),
    /** Zero at every instant. */
    sumCentimes: SignedCentimes,
  }),
)
export type LedgerBalances = Static<typeof LedgerBalances>
