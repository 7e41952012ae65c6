import { withClient } from '../../../local/postgres/client.ts';
import type { TestDatabase } from '../../support/database.ts';

/** What must be found nowhere once Zofia is erased. */
const TRACES = ['501220314', 'zofia@poczta.example', 'kaczmarek', 'zofia'];

/**
 * Where Zofia's contact is still stored, as `schema.table.column`. Searches every column that can
 * hold text, in our schemas and in those of the extensions that we hand data to.
 */
export async function columnsWithTraces(database: TestDatabase): Promise<string[]> {
  return await withClient(database.adminUrl, async (client) => {
    const { rows: columns } = await client.query<{ search: string }>(
      `select format($q$select %L where exists (
           select from %I.%I where lower(%I::text) ~ any ($1)
             or regexp_replace(%I::text, '[^0-9]', '', 'g') ~ any ($1))$q$,
           concat_ws('.', n.nspname, c.relname, a.attname),
           n.nspname, c.relname, a.attname, a.attname) as search
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       join pg_type t on t.oid = a.atttypid
       where n.nspname in ('public', 'private', 'net', 'cron', 'vault') and c.relkind in ('r', 'p')
         and (t.typcategory = 'S' or t.typname in ('json', 'jsonb', '_text', '_varchar', 'bytea'))`,
    );
    // One statement, since there are some two hundred columns.
    const search = columns.map(({ search }) => search).join(' union all ');
    const { rows } = await client.query<{ name: string }>(
      `select name from (${search}) as found (name) order by name`,
      [TRACES],
    );
    return rows.map(({ name }) => name);
  });
}
