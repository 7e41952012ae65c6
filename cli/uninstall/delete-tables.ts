import type { AdminDatabase } from '../target/admin-database.ts';
import { checkoutMigrations } from '../target/checkout.ts';
import { readOurObjects } from './our-objects.ts';
import type { TablesPlan } from './tables-plan.ts';

/**
 * Deletes everything that our migrations made in `public` and `private`, in one transaction, and
 * forgets these migrations, so that they can be applied again. Nothing is deleted with `cascade`:
 * whatever an app built on it stops the deletion, with an error that names it.
 */
export async function deleteTables(database: AdminDatabase, plan: TablesPlan): Promise<void> {
  const objects = await readOurObjects();
  const values = JSON.stringify({
    ...objects,
    // Also of tables that stay.
    all_tables: objects.tables,
    tables: plan.ours.map(({ name }) => name),
    versions: (await checkoutMigrations()).map(({ version }) => version),
  });
  await database.rows(`do $uninstall$
declare
  ours jsonb := $values$${values}$values$;
${DELETION}
$uninstall$`);
}

/**
 * Policies, triggers, checks and indexes first: they call functions, whose arguments are rows of the
 * tables.
 */
const DELETION = `
  item record;
  names text;
  dependents text;
  dropped integer;
begin
  perform set_config('search_path', '', true);
  select string_agg(v, ', ') into names
  from jsonb_array_elements_text(ours -> 'views') v
  where to_regclass(v) is not null
    -- A function may take its rows. It goes after the functions, then.
    and not exists (
      select from pg_depend d
      join pg_type y on y.oid = d.refobjid and y.typrelid = to_regclass(v)
      where d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_type'::regclass
    );
  if names is not null then execute 'drop view ' || names; end if;

  for item in
    select p.value ->> 'name' as name, p.value ->> 'table' as relation
    from jsonb_array_elements(ours -> 'policies') p
    where to_regclass(p.value ->> 'table') is not null
  loop
    execute format('drop policy if exists %s on %s', item.name, item.relation);
  end loop;
  if to_regclass('realtime.messages') is not null then
    execute 'drop policy if exists "members can hear of changes to their salon" on realtime.messages';
  end if;
  for item in
    select t.tgname, t.tgrelid::regclass as relation
    from pg_trigger t
    join pg_proc p on p.oid = t.tgfoid and p.pronamespace = to_regnamespace('private')
    where not t.tgisinternal and t.tgrelid in (
      select to_regclass(a) from jsonb_array_elements_text(ours -> 'all_tables') a)
  loop
    execute format('drop trigger %I on %s', item.tgname, item.relation);
  end loop;
  for item in
    select distinct c.conname, c.conrelid::regclass as relation
    from pg_constraint c
    join pg_depend d on d.classid = 'pg_constraint'::regclass and d.objid = c.oid
      and d.refclassid = 'pg_proc'::regclass
    join pg_proc p on p.oid = d.refobjid and p.pronamespace = to_regnamespace('private')
    where c.conrelid in (
      select to_regclass(a) from jsonb_array_elements_text(ours -> 'all_tables') a)
  loop
    execute format('alter table %s drop constraint %I', item.relation, item.conname);
  end loop;

  for item in
    select distinct d.objid::regclass as name
    from pg_depend d
    join pg_index i on i.indexrelid = d.objid
    join pg_proc p on p.oid = d.refobjid and p.pronamespace = to_regnamespace('private')
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_proc'::regclass
      and i.indrelid in (
        select to_regclass(a) from jsonb_array_elements_text(ours -> 'all_tables') a)
  loop
    execute format('drop index %s', item.name);
  end loop;

  select string_agg(f, ', ') into names from jsonb_array_elements_text(ours -> 'functions') f;
  execute 'drop function if exists ' || names;

  -- Tables have types, and types have rows of tables or views: each turn drops what nothing has any more.
  loop
    dropped := 0;
    dependents := null;
    for item in
      select d.kind, d.name
      from (
        select 'table' as kind, jsonb_array_elements_text(ours -> 'tables') as name
        union all select 'view', jsonb_array_elements_text(ours -> 'views')
        union all select 'type', jsonb_array_elements_text(ours -> 'composites')
        union all select 'type', jsonb_array_elements_text(ours -> 'enums')
      ) d
      -- A table or view is a type too.
      where to_regtype(d.name) is not null
    loop
      begin
        execute format('drop %s %s', item.kind, item.name);
        dropped := dropped + 1;
      exception
        when dependent_objects_still_exist then
          -- An enum stays while a column of a table that stays has it.
          if not ours -> 'enums' ? item.name then
            get stacked diagnostics dependents = pg_exception_detail;
          end if;
      end;
    end loop;
    exit when dropped = 0;
  end loop;
  if dependents is not null then
    raise exception 'dependents' using errcode = 'dependent_objects_still_exist',
      detail = dependents;
  end if;

  if exists (select from pg_roles r where r.rolname = 'sms_worker') then
    drop owned by sms_worker;
    begin
      drop role sms_worker;
    exception
      -- Another database of the cluster has it too.
      when dependent_objects_still_exist then null;
    end;
  end if;
  begin
    drop schema if exists private;
  exception
    -- It keeps what is not ours, and what BarkBook had written.
    when dependent_objects_still_exist then null;
  end;
  if to_regclass('supabase_migrations.schema_migrations') is not null then
    delete from supabase_migrations.schema_migrations m
    where m.version in (select jsonb_array_elements_text(ours -> 'versions'));
  end if;
exception
  when dependent_objects_still_exist then
    get stacked diagnostics dependents = pg_exception_detail;
    raise exception 'nothing was deleted, because something else depends on it: %', dependents
      using errcode = 'dependent_objects_still_exist';
end;
`;
