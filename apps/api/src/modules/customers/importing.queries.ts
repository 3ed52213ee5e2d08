import type { CustomerValues } from '@sendocki/domain/imports/customers'
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { MerchantTx } from '../../context.ts'
import { customers } from '../../db/schema/customers.ts'
import { rawStatement } from '../../db/statement.ts'

const value = (name: string) => sql.placeholder(name)

/** Who has these phones, by `customers_phone`, and these e-mails, by `customers_email`; of a merged one, who it became. */
const findStatement = rawStatement<{ id: string; phone: string | null }>(
  'customers_of_import',
  sql`select coalesce(merged_into_id, id), phone from customers
      where merchant_id = ${value('merchantId')} and phone = any(${value('phones')}::text[])
    union all
    select coalesce(merged_into_id, id), null from customers
      where merchant_id = ${value('merchantId')} and email = any(${value('emails')}::text[]) and email is not null`,
  ['id', 'phone'],
)

export const findByContacts = (
  tx: MerchantTx,
  phones: readonly string[],
  emails: readonly string[],
): Promise<{ id: string; phone: string | null }[]> =>
  tx.run(findStatement, { merchantId: tx.merchantId, phones: [...phones], emails: [...emails] })

const held = {
  id: customers.id,
  updatedAt: customers.updatedAt,
  name: customers.name,
  phone: customers.phone,
  alternatePhone: customers.alternatePhone,
  email: customers.email,
  addressLine: customers.addressLine,
  district: customers.district,
  landmark: customers.landmark,
  cityText: customers.cityText,
  cityId: customers.cityId,
  regionCode: customers.regionCode,
  tags: customers.tags,
  marketingConsent: customers.marketingConsent,
} as const

/** Customers as they are, held until the transaction ends; always taken in one order, so that two never wait for each other. */
export const holdCustomers = (tx: MerchantTx, ids: readonly string[]) =>
  tx.db
    .select(held)
    .from(customers)
    .where(and(eq(customers.merchantId, tx.merchantId), inArray(customers.id, [...ids]), isNull(customers.erasedAt)))
    .orderBy(asc(customers.id))
    .for('update')

const asRow = sql`jsonb_to_recordset(${value('rows')}::jsonb) as r (id uuid, name text, phone text,
  "alternatePhone" text, email text, "addressLine" text, district text, landmark text, "cityText" text, "cityId" text,
  "regionCode" text, tags jsonb, "marketingConsent" boolean, "updatedAt" timestamptz)`

const insertStatement = rawStatement<{ id: string }>(
  'customers_import',
  sql`insert into customers (merchant_id, id, name, phone, alternate_phone, email, address_line, district, landmark,
      city_text, city_id, region_code, tags, marketing_consent, consent_source, consent_at, created_at, updated_at)
    select ${value('merchantId')}::uuid, r.id, r.name, r.phone, r."alternatePhone", r.email, r."addressLine", r.district,
      r.landmark, r."cityText", r."cityId", r."regionCode", r.tags, r."marketingConsent",
      case when r."marketingConsent" is not null then 'import' end,
      case when r."marketingConsent" is not null then r."updatedAt" end, r."updatedAt", r."updatedAt"
    from ${asRow}
    on conflict (merchant_id, phone) do nothing
    returning id`,
  ['id'],
)

export type WrittenCustomer = CustomerValues & { readonly id: string; readonly updatedAt: string }

/** New customers in one statement. Answers who was made: one whose phone somebody else has taken meanwhile is missing. */
export const insertCustomers = async (tx: MerchantTx, rows: readonly WrittenCustomer[]): Promise<string[]> =>
  (await tx.run(insertStatement, { merchantId: tx.merchantId, rows: JSON.stringify(rows) })).map(({ id }) => id)

const updateStatement = rawStatement<{ id: string }>(
  'customers_import_update',
  sql`update customers c set name = r.name, phone = r.phone, alternate_phone = r."alternatePhone", email = r.email,
      address_line = r."addressLine", district = r.district, landmark = r.landmark, city_text = r."cityText",
      city_id = r."cityId", region_code = r."regionCode", tags = r.tags, marketing_consent = r."marketingConsent",
      consent_source = case when c.marketing_consent is distinct from r."marketingConsent" then
        case when r."marketingConsent" is null then null else 'import' end else c.consent_source end,
      consent_at = case when c.marketing_consent is distinct from r."marketingConsent" then
        case when r."marketingConsent" is null then null else r."updatedAt" end else c.consent_at end,
      updated_at = r."updatedAt", version = c.version + 1
    from ${asRow}
    where c.merchant_id = ${value('merchantId')} and c.id = r.id`,
  [],
)

export const writeCustomers = async (tx: MerchantTx, rows: readonly WrittenCustomer[]): Promise<void> => {
  await tx.run(updateStatement, { merchantId: tx.merchantId, rows: JSON.stringify(rows) })
}

const tagStatement = rawStatement<{ tag: string }>(
  'customers_import_tags',
  sql`with gone as (
      delete from customer_tags where merchant_id = ${value('merchantId')}
        and (customer_id, tag) in (select * from unnest(${value('goneIds')}::uuid[], ${value('goneTags')}::text[]))
    )
    insert into customer_tags (merchant_id, customer_id, tag)
    select ${value('merchantId')}::uuid, t.id, t.tag from unnest(${value('ids')}::uuid[], ${value('tags')}::text[]) as t (id, tag)
    on conflict do nothing`,
  [],
)

export interface TagOf {
  readonly id: string
  readonly tag: string
}

/** The index by tag, brought to what customers carry. */
export const indexTags = async (tx: MerchantTx, added: readonly TagOf[], gone: readonly TagOf[]): Promise<void> => {
  if (added.length + gone.length === 0) return
  await tx.run(tagStatement, {
    merchantId: tx.merchantId,
    ids: added.map(({ id }) => id),
    tags: added.map(({ tag }) => tag),
    goneIds: gone.map(({ id }) => id),
    goneTags: gone.map(({ tag }) => tag),
  })
}

const namedStatement = rawStatement<{ id: string }>(
  'customers_named',
  sql`select i.id from unnest(${value('ids')}::uuid[]) as i (id) where
    exists (select 1 from orders o where o.merchant_id = ${value('merchantId')} and o.customer_id = i.id)
    or exists (select 1 from customer_blocks b where b.merchant_id = ${value('merchantId')} and b.customer_id = i.id)
    or exists (select 1 from customer_merges m where m.merchant_id = ${value('merchantId')} and m.kept_id = i.id)
    or exists (select 1 from customer_merges m where m.merchant_id = ${value('merchantId')} and m.merged_id = i.id)`,
  ['id'],
)

/** Of these customers, those whom an order, a block or a merge names: their rows have to stay. */
export const whoAreNamed = async (tx: MerchantTx, ids: readonly string[]): Promise<Set<string>> =>
  new Set((await tx.run(namedStatement, { merchantId: tx.merchantId, ids: [...ids] })).map(({ id }) => id))
