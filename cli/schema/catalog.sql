-- Everything that our SQL creates in a database, one row for each item: read by catalog.ts.
--
-- Columns: section (the kind of object), object (its qualified name), part (an item of it, empty
-- for the object itself), detail (what the committed listing shows), hidden (what only comparisons
-- use: bodies, and whatever differs between Postgres versions), comment.
-- Data is not compared, such as the one row of private.retention.
-- No oid appears and names are qualified (the caller empties search_path), so databases compare.

with
schemas as (
  select oid, nspname from pg_namespace where nspname in ('public', 'private')
),
relations as (
  select c.*, format('%I.%I', s.nspname, c.relname) as name,
    case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
      when 'f' then 'foreign table' when 'c' then 'composite type' else 'table' end as section
  from pg_class c join schemas s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c')
),
-- Roles that own some of our objects, other than the role that ran the migrations.
our_roles as (
  select r.* from pg_roles r
  where r.rolname <> 'postgres' and exists (
    select from pg_proc p join schemas s on s.oid = p.pronamespace where p.proowner = r.oid)
),
-- All privileges, with the defaults spelled out. The owner is listed apart: its default privileges
-- differ between Postgres versions.
access as (
  select 'schema' as kind, n.oid, 0 as column_number, n.nspowner as owner,
    coalesce(n.nspacl, acldefault('n', n.nspowner)) as acl
  from pg_namespace n join schemas s on s.oid = n.oid
  union all
  select 'relation', r.oid, 0, r.relowner,
    coalesce(r.relacl,
      acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner))
  from relations r
  union all
  select 'relation', r.oid, a.attnum, r.relowner, a.attacl
  from relations r join pg_attribute a on a.attrelid = r.oid and a.attacl is not null
  union all
  select 'function', p.oid, 0, p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
  from pg_proc p join schemas s on s.oid = p.pronamespace
  union all
  select 'type', t.oid, 0, t.typowner, coalesce(t.typacl, acldefault('T', t.typowner))
  from pg_type t join schemas s on s.oid = t.typnamespace
),
grants as (
  select kind, oid, column_number,
    string_agg(format('%s: %s', grantee, privileges), '; ' order by grantee collate "C")
      filter (where not is_owner) as of_others,
    string_agg(privileges, '; ') filter (where is_owner) as of_owner
  from (
    select a.kind, a.oid, a.column_number, e.grantee = a.owner as is_owner,
      case when e.grantee = 0 then 'public' else e.grantee::regrole::text end as grantee,
      string_agg(lower(e.privilege_type)
        || case when e.is_grantable then ' with grant option' else '' end,
        ', ' order by e.privilege_type collate "C") as privileges
    from access a, aclexplode(a.acl) e
    group by 1, 2, 3, 4, 5
  ) each_grantee
  group by kind, oid, column_number
),
items (section, object, part, detail, hidden, comment) as (
  select 'schema', quote_ident(n.nspname), '', 'owner ' || n.nspowner::regrole,
    null, obj_description(n.oid, 'pg_namespace')
  from pg_namespace n join schemas s on s.oid = n.oid
  union all
  select 'role', quote_ident(r.rolname), '', concat_ws(', ',
      case when r.rolcanlogin then 'login' else 'nologin' end,
      case when r.rolinherit then 'inherit' else 'noinherit' end,
      case when r.rolsuper then 'superuser' end, case when r.rolcreaterole then 'createrole' end,
      case when r.rolcreatedb then 'createdb' end,
      case when r.rolreplication then 'replication' end,
      case when r.rolbypassrls then 'bypassrls' end, array_to_string(r.rolconfig, ', ')),
    null, shobj_description(r.oid, 'pg_authid')
  from our_roles r
  union all
  select 'role', quote_ident(r.rolname), 'members',
    string_agg(distinct m.member::regrole::text, ', '),
    string_agg((to_jsonb(m) - '{oid,roleid,member,grantor}'::text[])::text, ' '
      order by m.member::regrole::text, m.admin_option), null
  from our_roles r join pg_auth_members m on m.roleid = r.oid
  group by r.rolname
  union all
  select 'default privileges', coalesce('in ' || s.nspname, 'everywhere'),
    case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
      when 'T' then 'types' else 'schemas' end,
    coalesce(string_agg(format('%s: %s', coalesce(nullif(e.grantee, 0)::regrole::text, 'public'),
      lower(e.privilege_type)), ', ' order by e.grantee::regrole::text, e.privilege_type), 'none'),
    null, null
  from pg_default_acl d
  left join schemas s on s.oid = d.defaclnamespace
  left join lateral aclexplode(d.defaclacl) e on true
  where d.defaclrole = 'postgres'::regrole and (s.oid is not null or d.defaclnamespace = 0)
  group by 1, 2, 3
  union all
  select 'type', format('%I.%I', s.nspname, t.typname), '',
    case t.typtype
      when 'e' then 'enum ' || (
        select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
        from pg_enum e where e.enumtypid = t.oid)
      when 'd' then concat_ws(' ', 'domain', format_type(t.typbasetype, t.typtypmod),
        case when t.typnotnull then 'not null' end, 'default ' || t.typdefault,
        (select string_agg(pg_get_constraintdef(c.oid), ' ' order by c.conname)
          from pg_constraint c where c.contypid = t.oid))
      else 'range' end || ', owner ' || t.typowner::regrole,
    null, obj_description(t.oid, 'pg_type')
  from pg_type t join schemas s on s.oid = t.typnamespace
  where t.typtype in ('e', 'd', 'r')
  union all
  select r.section, r.name, '', concat_ws(', ', 'owner ' || r.relowner::regrole,
      case when r.relrowsecurity then 'row level security' end,
      case when r.relforcerowsecurity then 'also for the owner' end,
      case when r.relpersistence = 'u' then 'unlogged' end,
      'with (' || array_to_string(r.reloptions, ', ') || ')'),
    case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end,
    obj_description(r.oid, 'pg_class')
  from relations r
  union all
  select 'sequence', r.name, 'options',
    format('%s start %s increment %s', format_type(q.seqtypid, null), q.seqstart, q.seqincrement),
    (to_jsonb(q) - 'seqrelid')::text, null
  from relations r join pg_sequence q on q.seqrelid = r.oid
  union all
  select r.section, r.name,
    format('column %s %s',
      lpad(row_number() over (partition by r.oid order by a.attnum)::text, 3, '0'),
      quote_ident(a.attname)),
    concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
      case when a.attidentity <> '' then 'identity' end,
      case when a.attgenerated = '' then 'default ' || pg_get_expr(d.adbin, d.adrelid)
        else 'generated as ' || pg_get_expr(d.adbin, d.adrelid) end,
      '[' || g.of_others || ']'),
    null, col_description(r.oid, a.attnum)
  from relations r
  join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    and r.relkind <> 'S'
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
  left join grants g on g.kind = 'relation' and g.oid = r.oid and g.column_number = a.attnum
  union all
  select r.section, r.name, 'constraint ' || quote_ident(c.conname),
    pg_get_constraintdef(c.oid), null, obj_description(c.oid, 'pg_constraint')
  from relations r join pg_constraint c on c.conrelid = r.oid and c.contype not in ('n', 't')
  union all
  -- Without what the name already says.
  select r.section, r.name, 'index ' || quote_ident(i.relname),
    regexp_replace(pg_get_indexdef(x.indexrelid), '^CREATE (UNIQUE )?INDEX .* USING ', '\1')
      || case when x.indisvalid then '' else ' (invalid)' end,
    pg_get_indexdef(x.indexrelid), obj_description(i.oid, 'pg_class')
  from relations r join pg_index x on x.indrelid = r.oid join pg_class i on i.oid = x.indexrelid
  union all
  select r.section, r.name, 'policy ' || quote_ident(p.polname),
    concat_ws(' ',
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
        when 'd' then 'delete' else 'all' end,
      case when not p.polpermissive then 'restrictive' end,
      'to ' || (
        select string_agg(coalesce(nullif(o.role, 0)::regrole::text, 'public'), ', '
          order by o.role::regrole::text)
        from unnest(p.polroles) as o (role)),
      'using ' || pg_get_expr(p.polqual, p.polrelid),
      'with check ' || pg_get_expr(p.polwithcheck, p.polrelid)),
    null, obj_description(p.oid, 'pg_policy')
  from relations r join pg_policy p on p.polrelid = r.oid
  union all
  select r.section, r.name, 'trigger ' || quote_ident(t.tgname),
    regexp_replace(pg_get_triggerdef(t.oid), '^CREATE (CONSTRAINT )?TRIGGER \S+ ', '')
      || case t.tgenabled when 'O' then '' when 'D' then ' (disabled)'
        when 'R' then ' (on replicas only)' else ' (always)' end,
    null, obj_description(t.oid, 'pg_trigger')
  from relations r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
  union all
  select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
    format('%I.%I(%s)', s.nspname, p.proname, pg_get_function_arguments(p.oid)), '',
    concat_ws(', ', 'returns ' || pg_get_function_result(p.oid), l.lanname,
      case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
      case when p.proisstrict then 'strict' end,
      case p.proparallel when 's' then 'parallel safe' when 'r' then 'parallel restricted' end,
      case when p.prosecdef then 'security definer' else 'security invoker' end,
      'owner ' || p.proowner::regrole, array_to_string(p.proconfig, ', ')),
    case when p.prokind <> 'a' then pg_get_functiondef(p.oid) end, obj_description(p.oid, 'pg_proc')
  from pg_proc p join schemas s on s.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  union all
  select 'event trigger', quote_ident(v.evtname), '',
    format('on %s, function %s, enabled %s, owner %s',
      v.evtevent, v.evtfoid::regprocedure, v.evtenabled, v.evtowner::regrole),
    v.evttags::text, obj_description(v.oid, 'pg_event_trigger')
  from pg_event_trigger v
  join pg_proc p on p.oid = v.evtfoid join schemas s on s.oid = p.pronamespace
  union all
  select case g.kind when 'relation' then r.section when 'function' then 'function' else g.kind end,
    coalesce(r.name, f.name, t.name, n.name), 'grants', g.of_others, g.of_owner, null
  from grants g
  left join relations r on g.kind = 'relation' and r.oid = g.oid
  left join (
    select p.oid,
      format('%I.%I(%s)', s.nspname, p.proname, pg_get_function_arguments(p.oid)) as name
    from pg_proc p join schemas s on s.oid = p.pronamespace
  ) f on g.kind = 'function' and f.oid = g.oid
  left join (
    select y.oid, format('%I.%I', s.nspname, y.typname) as name
    from pg_type y join schemas s on s.oid = y.typnamespace
    where y.typtype in ('e', 'd', 'r')
  ) t on g.kind = 'type' and t.oid = g.oid
  left join (select oid, quote_ident(nspname) as name from schemas) n
    on g.kind = 'schema' and n.oid = g.oid
  where g.column_number = 0 and coalesce(r.name, f.name, t.name, n.name) is not null
)
select section, object, part, coalesce(detail, '') as detail, hidden, comment
from items
order by section collate "C", object collate "C", part collate "C"
