/** Tables whose rows are written once: the application may add and read, never change or remove. */
export const appendOnlyTables = ['events', 'ledger_entries', 'ledger_lines', 'call_claims', 'call_attempts'] as const

/**
 * Lets the application's role add jobs without owning the job tables; they commit and roll back with their caller. All
 * jobs of a transaction go in one call, because a call costs more than the rows it adds. Without the setting the plan
 * of an empty queue is kept, which reads a long one from end to end at every call.
 *
 * Queues that hold nothing any more are swept, because every look for a job in a queue locks all that are free; the
 * table's lock keeps out who is adding a job to one of them. The index lets a lane that has nothing to do find that out
 * without reading what waits for the others (decision 0041).
 */
export const jobFunctions = `
create schema if not exists jobs;
create or replace function jobs.enqueue(specs jsonb) returns void language plpgsql volatile security definer
set search_path = pg_catalog, graphile_worker set enable_seqscan = off as $$
begin
  perform graphile_worker.add_jobs(array(
    select (j.task, j.payload, j.queue, j."runAt", j."maxAttempts"::smallint, j.key, null, null)::graphile_worker.job_spec
    from jsonb_to_recordset(specs) as j (task text, payload json, key text, queue text, "runAt" timestamptz, "maxAttempts" int)
  ));
end $$;
create or replace function jobs.sweep_queues() returns void language plpgsql volatile security definer
set search_path = pg_catalog, graphile_worker set lock_timeout = '2s' as $$
begin
  lock table graphile_worker._private_job_queues in share row exclusive mode;
  delete from graphile_worker._private_job_queues q where q.locked_at is null
    and not exists (select from graphile_worker._private_jobs j where j.job_queue_id = q.id);
end $$;
create index if not exists jobs_by_task on graphile_worker._private_jobs (task_id, priority, run_at) where is_available;
revoke all on function jobs.enqueue(jsonb), jobs.sweep_queues() from public;
grant usage on schema jobs to sendocki_app, sendocki_platform;
grant execute on function jobs.enqueue(jsonb) to sendocki_app, sendocki_platform;
grant execute on function jobs.sweep_queues() to sendocki_platform;
`

/**
 * Row level security for every table with a merchant_id, whatever its name: enabled, forced, one policy a role. A new
 * table cannot be forgotten because the catalogue, not a list, says which tables there are. The owner has a policy of
 * its own, or a backfill would silently change nothing under FORCE. The application sees no platform table.
 */
export const accessRules = `
do $$
declare
  t record;
  mine constant text := 'merchant_id = (select nullif(current_setting(''app.merchant_id'', true), '''')::uuid)';
begin
  for t in
    select c.relname as name, exists (
      select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'merchant_id' and not a.attisdropped
        and c.relname not in ('sessions')
    ) as of_merchant
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  loop
    execute format('revoke all on %I from public, sendocki_app, sendocki_platform', t.name);
    execute format('grant select, insert, update, delete on %I to sendocki_platform', t.name);
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('drop policy if exists owner_all on %I', t.name);
    execute format('create policy owner_all on %I to %I using (true) with check (true)', t.name, current_user);
    execute format('drop policy if exists platform_all on %I', t.name);
    execute format('create policy platform_all on %I to sendocki_platform using (true) with check (true)', t.name);
    execute format('drop policy if exists merchant_rows on %I', t.name);
    if t.of_merchant then
      execute format('create policy merchant_rows on %I to sendocki_app using (%s) with check (%s)', t.name, mine, mine);
      if t.name in (${appendOnlyTables.map((name) => `'${name}'`).join(', ')}) then
        execute format('grant select, insert on %I to sendocki_app', t.name);
      else
        execute format('grant select, insert, update, delete on %I to sendocki_app', t.name);
      end if;
    end if;
  end loop;
  -- The merchant's own row is the one platform row that its members may read and rename.
  drop policy if exists own_merchant on merchants;
  create policy own_merchant on merchants to sendocki_app
    using (id = (select nullif(current_setting('app.merchant_id', true), '')::uuid));
  grant select, update on merchants to sendocki_app;
end $$;
`
