/**
 * What a customer's orders come to is kept beside the customer, by the database itself: every statement that writes an
 * order is followed by one that brings the sums up to it, in the same transaction and without a trip of its own, so that
 * no way of writing an order can forget them. Only sums are kept here; no rule of the business is.
 */
export const counters = `
create or replace function count_order() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.customer_id = old.customer_id then
    update customers set
      delivered_count = delivered_count + (new.state is not distinct from 'delivered')::int - (old.state is not distinct from 'delivered')::int,
      returned_count = returned_count + (new.state is not distinct from 'returned')::int - (old.state is not distinct from 'returned')::int,
      cancelled_count = cancelled_count + (new.state is not distinct from 'cancelled')::int - (old.state is not distinct from 'cancelled')::int,
      delivered_centimes = delivered_centimes
        + case when new.state is not distinct from 'delivered' then new.total_centimes else 0 end
        - case when old.state is not distinct from 'delivered' then old.total_centimes else 0 end,
      first_order_at = least(first_order_at, new.placed_at),
      last_order_at = greatest(last_order_at, new.placed_at)
    where merchant_id = new.merchant_id and id = new.customer_id;
  end if;
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and new.customer_id <> old.customer_id) then
    update customers set
      orders_count = orders_count - 1,
      delivered_count = delivered_count - (old.state is not distinct from 'delivered')::int,
      returned_count = returned_count - (old.state is not distinct from 'returned')::int,
      cancelled_count = cancelled_count - (old.state is not distinct from 'cancelled')::int,
      delivered_centimes = delivered_centimes
        - case when old.state is not distinct from 'delivered' then old.total_centimes else 0 end
    where merchant_id = old.merchant_id and id = old.customer_id;
  end if;
  if tg_op = 'INSERT' or (tg_op = 'UPDATE' and new.customer_id <> old.customer_id) then
    update customers set
      orders_count = orders_count + 1,
      delivered_count = delivered_count + (new.state is not distinct from 'delivered')::int,
      returned_count = returned_count + (new.state is not distinct from 'returned')::int,
      cancelled_count = cancelled_count + (new.state is not distinct from 'cancelled')::int,
      delivered_centimes = delivered_centimes
        + case when new.state is not distinct from 'delivered' then new.total_centimes else 0 end,
      first_order_at = least(first_order_at, new.placed_at),
      last_order_at = greatest(last_order_at, new.placed_at)
    where merchant_id = new.merchant_id and id = new.customer_id;
  end if;
  -- The first and the last are looked for again only where one of them has gone.
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (old.customer_id, old.placed_at) is distinct from (new.customer_id, new.placed_at)) then
    update customers c set
      first_order_at = (select min(o.placed_at) from orders o where o.merchant_id = c.merchant_id and o.customer_id = c.id),
      last_order_at = (select max(o.placed_at) from orders o where o.merchant_id = c.merchant_id and o.customer_id = c.id)
    where c.merchant_id = old.merchant_id and c.id = old.customer_id
      and (c.first_order_at = old.placed_at or c.last_order_at = old.placed_at);
  end if;
  return null;
end $$;

do $$
begin
  -- An older version's tables, on their way up, have nothing to keep yet; kept sums are not counted twice.
  if not exists (select from information_schema.columns
      where table_schema = 'public' and table_name = 'customers' and column_name = 'orders_count')
    or exists (select from pg_trigger where tgname = 'orders_counted') then return;
  end if;
  create trigger orders_counted after insert or delete on orders for each row execute function count_order();
  create trigger orders_recounted after update on orders for each row
    when ((old.customer_id, old.placed_at) is distinct from (new.customer_id, new.placed_at)
      or (old.state is distinct from new.state
        and (old.state in ('delivered', 'returned', 'cancelled') or new.state in ('delivered', 'returned', 'cancelled')))
      or (new.state = 'delivered' and old.total_centimes <> new.total_centimes))
    execute function count_order();
  update customers c set
    orders_count = s.orders, delivered_count = s.delivered, returned_count = s.returned, cancelled_count = s.cancelled,
    delivered_centimes = s.centimes, first_order_at = s.first_at, last_order_at = s.last_at
  from (
    select merchant_id, customer_id, count(*) as orders, count(*) filter (where state = 'delivered') as delivered,
      count(*) filter (where state = 'returned') as returned, count(*) filter (where state = 'cancelled') as cancelled,
      coalesce(sum(total_centimes) filter (where state = 'delivered'), 0) as centimes,
      min(placed_at) as first_at, max(placed_at) as last_at
    from orders group by merchant_id, customer_id
  ) s where s.merchant_id = c.merchant_id and s.customer_id = c.id;
  update customers c set address_line = o.address_line, district = o.district, landmark = o.landmark,
    city_text = o.city_text, city_id = o.city_id, region_code = o.region_code
  from (
    select distinct on (merchant_id, customer_id) * from orders where erased_at is null
    order by merchant_id, customer_id, created_at desc
  ) o where o.merchant_id = c.merchant_id and o.customer_id = c.id;
end $$;
`
