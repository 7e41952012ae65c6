import type { TestDatabase } from '../../support/database.ts';

/** Everything the migrations make, by kind and name, as the database itself words it. */
export type Catalog = Record<string, string>;

/** Oids of our schemas; what is said of an object is without oids, so that databases compare. */
const OURS = `('public'::regnamespace, 'private'::regnamespace)`;

const PARTS: readonly string[] = [
  `select format('column %s.%s', a.attrelid::regclass, a.attname),
     concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
       nullif(a.attgenerated, ''), pg_get_expr(d.adbin, d.adrelid), a.attacl::text,
       col_description(a.attrelid, a.attnum))
   from pg_attribute a
   join pg_class c on c.oid = a.attrelid and c.relnamespace in ${OURS} and c.relkind in ('r', 'v')
   left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attnum > 0 and not a.attisdropped`,
  `select format('%s %s', c.relkind, c.oid::regclass),
     concat_ws(' ', c.relrowsecurity, c.relacl::text, c.reloptions::text, c.relowner::regrole,
       obj_description(c.oid, 'pg_class'), case c.relkind when 'v' then pg_get_viewdef(c.oid) end)
   from pg_class c where c.relnamespace in ${OURS} and c.relkind in ('r', 'v')`,
  `select format('constraint %s.%s', c.conrelid::regclass, c.conname),
     pg_get_constraintdef(c.oid) || c.convalidated
   from pg_constraint c where c.connamespace in ${OURS} and c.contype <> 'n'`,
  `select format('index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid) || i.indisvalid
   from pg_index i join pg_class c on c.oid = i.indexrelid and c.relnamespace in ${OURS}`,
  `select format('function %s', p.oid::regprocedure),
     concat_ws(' ', pg_get_functiondef(p.oid), p.proacl::text, p.proowner::regrole,
       obj_description(p.oid, 'pg_proc'))
   from pg_proc p where p.pronamespace in ${OURS}`,
  `select format('trigger %s.%s', t.tgrelid::regclass, t.tgname), pg_get_triggerdef(t.oid)
   from pg_trigger t join pg_class c on c.oid = t.tgrelid and c.relnamespace in ${OURS}
   where not t.tgisinternal`,
  `select format('policy %s.%s', p.schemaname || '.' || p.tablename, p.policyname),
     concat_ws(' ', p.cmd, p.permissive, p.roles::text, p.qual, p.with_check)
   from pg_policies p where p.schemaname in ('public', 'private')`,
  `select format('default %s %s', d.defaclnamespace::regnamespace, d.defaclobjtype),
     d.defaclacl::text from pg_default_acl d where d.defaclrole = 'postgres'::regrole`,
];

/** Reads it. */
export async function readCatalog(database: TestDatabase): Promise<Catalog> {
  const rows = await database.query<{ name: string; definition: string }>(
    PARTS.map((part) => `select * from (${part}) as part (name, definition)`).join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, definition }) => [name, definition]));
}
