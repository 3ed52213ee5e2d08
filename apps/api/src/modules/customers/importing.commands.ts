import type { CustomerValues } from '@sendocki/domain/imports/customers'
import type { Ctx, MerchantTx } from '../../context.ts'
import { addManyTerms, removeManyTerms, removeTerms, type SubjectTerm } from '../search/index.ts'
import { termsOf } from './customers.commands.ts'
import { deleteCustomers } from './customers.queries.ts'
import {
  findByContacts,
  holdCustomers,
  indexTags,
  insertCustomers,
  type TagOf,
  type WrittenCustomer,
  whoAreNamed,
  writeCustomers,
} from './importing.queries.ts'

export interface HeldCustomer {
  readonly id: string
  readonly values: CustomerValues
  readonly updatedAt: string
  /** The phones by which they were looked for and found, merged ones among them. */
  readonly phones: readonly string[]
}

/** Everybody who has one of these phones or e-mails, as they are, held until the transaction ends. */
export const holdByContacts = async (
  tx: MerchantTx,
  phones: readonly string[],
  emails: readonly string[],
): Promise<HeldCustomer[]> => {
  const found = await findByContacts(tx, phones, emails)
  if (found.length === 0) return []
  const phonesOf = Map.groupBy(found, ({ id }) => id)
  const rows = await holdCustomers(tx, [...phonesOf.keys()])
  return rows.map(({ id, updatedAt, ...values }) => ({
    id,
    updatedAt,
    values,
    phones: (phonesOf.get(id) ?? []).flatMap(({ phone }) => phone ?? []),
  }))
}

/** What becomes of one customer; `before` null makes a new one. */
export interface CustomerChange {
  readonly id: string
  readonly before: CustomerValues | null
  readonly after: CustomerValues
  /** When it will have been last changed: now, or the instant to which it goes back. */
  readonly updatedAt: string
}

const writtenOf = ({ id, after, updatedAt }: CustomerChange): WrittenCustomer => ({ id, updatedAt, ...after })

const subjectTerms = (id: string, values: CustomerValues | null): SubjectTerm[] =>
  values === null ? [] : termsOf(values).map(({ kind, term }) => ({ subjectId: id, kind, term }))
const tagsOf = (id: string, values: CustomerValues | null): TagOf[] => (values?.tags ?? []).map((tag) => ({ id, tag }))

/** Somebody else was first: another order or import has just taken a phone that a new customer was to have. */
export class ContactTaken extends Error {}

/**
 * Writes customers hundreds at once, with what makes them findable. Throws `ContactTaken` when a phone was taken since
 * they were held: whoever plans again sees who has it.
 */
export const changeCustomers = async (
  ctx: Ctx,
  tx: MerchantTx,
  changes: readonly CustomerChange[],
  cause: object,
): Promise<void> => {
  const made = changes.filter(({ before }) => before === null)
  const changed = changes.filter(({ before }) => before !== null)
  if (made.length > 0 && (await insertCustomers(tx, made.map(writtenOf))).length < made.length) throw new ContactTaken()
  if (changed.length > 0) await writeCustomers(tx, changed.map(writtenOf))
  const key = ({ subjectId, kind, term }: SubjectTerm): string => `${subjectId} ${kind} ${term}`
  const before = changes.flatMap(({ id, before: values }) => subjectTerms(id, values))
  const after = changes.flatMap(({ id, after: values }) => subjectTerms(id, values))
  const [had, has] = [new Set(before.map(key)), new Set(after.map(key))]
  await addManyTerms(
    tx,
    after.filter((term) => !had.has(key(term))),
  )
  await removeManyTerms(
    tx,
    before.filter((term) => !has.has(key(term))),
  )
  await indexTags(
    tx,
    changes.flatMap(({ id, after: values, before: old }) =>
      tagsOf(id, values).filter(({ tag }) => !old?.tags.includes(tag)),
    ),
    changes.flatMap(({ id, after: values, before: old }) =>
      tagsOf(id, old).filter(({ tag }) => !values.tags.includes(tag)),
    ),
  )
  for (const { id, before: old, after: values } of changes)
    ctx.record(tx, {
      type: old === null ? 'customer.created' : 'customer.changed',
      subject: { kind: 'customer', id },
      data: { ...cause, ...(old === null ? {} : { fields: changedFields(old, values) }) },
      quiet: true,
    })
}

/** Which values differ; the values themselves stay out of the journal. */
const changedFields = (before: CustomerValues, after: CustomerValues): string[] =>
  (Object.keys(after) as (keyof CustomerValues)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )

/** A customer to take away or to bring back, if nobody has changed them since. */
export interface CustomerReturn {
  readonly id: string
  /** When they were last changed, if nobody has touched them. */
  readonly writtenAt: string
  /** What they go back to; null for one who was not there. */
  readonly before: { readonly values: CustomerValues; readonly updatedAt: string } | null
}

/** Takes back what was written, hundreds at once. Answers whom it left alone, because somebody else has touched them since. */
export const returnCustomers = async (
  ctx: Ctx,
  tx: MerchantTx,
  returns: readonly CustomerReturn[],
  cause: object,
): Promise<Set<string>> => {
  const now = new Map(
    (
      await holdCustomers(
        tx,
        returns.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  )
  const untouched = returns.filter(({ id, writtenAt }) => {
    const row = now.get(id)
    return row !== undefined && Date.parse(row.updatedAt) === Date.parse(writtenAt)
  })
  const named = await whoAreNamed(
    tx,
    untouched.flatMap(({ id, before }) => (before === null ? id : [])),
  )
  const back = untouched.flatMap(({ id, before }): CustomerChange[] => {
    const row = now.get(id)
    if (before === null || row === undefined) return []
    const { id: _id, updatedAt: _at, ...values } = row
    return [{ id, before: values, after: before.values, updatedAt: before.updatedAt }]
  })
  const gone = untouched.filter(({ id, before }) => before === null && !named.has(id)).map(({ id }) => id)
  await changeCustomers(ctx, tx, back, cause)
  await removeCustomers(ctx, tx, gone, now, cause)
  const settled = new Set([...gone, ...back.map(({ id }) => id)])
  return new Set(returns.map(({ id }) => id).filter((id) => !settled.has(id)))
}

const removeCustomers = async (
  ctx: Ctx,
  tx: MerchantTx,
  ids: readonly string[],
  now: ReadonlyMap<string, { readonly tags: readonly string[] }>,
  cause: object,
): Promise<void> => {
  if (ids.length === 0) return
  await indexTags(
    tx,
    [],
    ids.flatMap((id) => (now.get(id)?.tags ?? []).map((tag) => ({ id, tag }))),
  )
  await removeTerms(tx, ids)
  await deleteCustomers(tx, ids)
  for (const id of ids)
    ctx.record(tx, { type: 'customer.removed', subject: { kind: 'customer', id }, data: cause, quiet: true })
}
