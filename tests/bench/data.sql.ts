/*
 * One merchant's rows, made by the server itself in a few set-based statements. $1 merchant, $2 how many orders, $3 a
 * member. The newest 5 % are open, the others ended as they do in reality.
 */

/** A UUIDv7 of that instant whose rest is the row's number: sorted by time, the same on every machine. */
const idOf = (kind: string, at: string): string =>
  `(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7' || substr(md5('${kind}' || $1 || i), 1, 3) || '8' || substr(md5('${kind}' || $1 || i), 4, 15))::uuid`

const placed = `timestamptz '2026-11-20 20:00:00+00' - (($2::int - i)::float8 / $2::int) * interval '31536000 seconds'`
const phone = `'+2126' || lpad(((i::bigint * 7919 + abs(hashtext($1::text)::bigint)) % 100000000)::text, 8, '0')`
const names = `(array['Fatima Zahra El Idrissi','Hicham Bouazza','Meryem Chraibi','Omar Lahlou','Zineb Kettani','Rachid Ouhssaine','سعاد أيت الحاج','عبد الرحيم المنصوري','Khadija Ouazzani','Yassine Benali'])[1 + i % 10] || ' ' || (i / 10)`
const email = `'client' || i || '@example.ma'`
const tracking = `'SDT' || lpad(i::text, 8, '0')`
const cities = `(array['casablanca','rabat','marrakech','fes','tanger','agadir','sale','meknes','oujda','kenitra'])[1 + i % 10]`

/** The stage by how far the order is from the newest: the last twentieth is spread over the open stages. */
const stageFor = `case when i > $2::int * 0.95
  then (array['new','unreachable','to_confirm','confirmed','shipped','delivery_failed'])[1 + i % 6]
  else (array['delivered','delivered','delivered','delivered','delivered','returned','cancelled','cancelled','cancelled','cancelled'])[1 + i % 10] end`

/** What a search finds them by; no two of a subject are alike, so that the key can be made after the load. */
const terms = (kind: string, subject: string, term: string, from = 'generate_series(1, 1)'): string =>
  `insert into search_terms (merchant_id, term, kind, subject_id)
   select $1::uuid, ${term}, '${kind}', ${idOf(subject, placed)} from generate_series(1, $2::int) i, ${from} where $3::text is not null`

export const loadStatements: readonly string[] = [
  `insert into customers (merchant_id, id, phone, name, email, created_at, updated_at)
   select $1::uuid, ${idOf('customer', placed)}, ${phone}, ${names}, ${email}, ${placed}, ${placed} from generate_series(1, $2::int) i where $3::text is not null
   on conflict do nothing`,
  `insert into orders (merchant_id, id, number, created_at, updated_at, placed_at, stage_id, state, state_since, customer_id, contact_name, phone, phone_verdict,
     address_line, city_text, city_id, region_code, subtotal_centimes, shipping_fee_centimes, discount_centimes, deposit_centimes, adjustment_centimes, total_centimes, cod_amount_centimes, source, cash_status, tracking_number, ended_at)
   select $1::uuid, ${idOf('order', placed)}, i, ${placed}, ${placed}, ${placed}, s.id, s.state, ${placed}, ${idOf('customer', placed)}, ${names}, ${phone}, 'good',
     i || ' rue des Orangers', ${cities}, ${cities}, 'MA-06', 21900, 3000, 0, 0, 0, 24900 + i % 500 * 100, 24900 + i % 500 * 100, 'web',
     case when s.state = 'delivered' then 'due' else 'not_due' end, ${tracking}, case when s.terminal then ${placed} end
   from generate_series(1, $2::int) i
   join lateral (select id, state, terminal from stages where merchant_id = $1::uuid and state = ${stageFor} order by position limit 1) s on $3::text is not null`,
  `insert into order_lines (merchant_id, order_id, position, id, sku, name, quantity, unit_price_centimes)
   select $1::uuid, ${idOf('order', placed)}, p, ${idOf("line' || p || '", placed)}, 'LAMP-N', 'Lampe solaire, noir', 1, 21900
   from generate_series(1, $2::int) i, generate_series(1, 1 + i % 2) p where $3::text is not null`,
  `insert into events (merchant_id, sequence, id, type, occurred_at, actor_kind, actor_id, subject_kind, subject_id, order_id, after)
   select $1::uuid, (i - 1) * 3 + k, ${idOf("event' || k || '", placed)}, (array['order.received','order.moved','order.moved'])[k], ${placed}, case when k = 1 then 'shop' else 'member' end,
     case when k = 1 then null else $3::uuid end, 'order', ${idOf('order', placed)}, ${idOf('order', placed)}, '{"state":"confirmed"}'
   from generate_series(1, $2::int) i, generate_series(1, 3) k`,
  terms('phone', 'customer', `right(${phone}, n)`, 'generate_series(4, 9) n'),
  terms('name', 'customer', 'lower(word)', `regexp_split_to_table(${names}, ' ') word`),
  terms('email', 'customer', email),
  terms('number', 'order', 'i::text'),
  terms('tracking', 'order', `lower(${tracking})`),
  `update merchant_counters set order_number = $2::int, event_sequence = $2::int * 3 where merchant_id = $1::uuid and $3::text is not null`,
]
