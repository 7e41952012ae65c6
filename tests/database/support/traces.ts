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
    const { rows: columns } = await client.query<{ name: string; query: string }>(
      `select format('%s.%s.%s', n.nspname, c.relname, a.attname) as name,
         format($q$select exists (
           select from %I.%I where lower(%I::text) ~ any ($1)
             or regexp_replace(%I::text, '[^0-9]', '', 'g') ~ any ($1)) as found$q$,
           n.nspname, c.relname, a.attname, a.attname) as query
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       join pg_type t on t.oid = a.atttypid
       where n.nspname in ('public', 'private', 'net', 'cron', 'vault') and c.relkind in ('r', 'p')
         and (t.typcategory = 'S' or t.typname in ('json', 'jsonb', '_text', '_varchar', 'bytea'))
       order by 1`,
    );
    const found: string[] = [];
    for (const { name, query } of columns) {
      const { rows } = await client.query<{ found: boolean }>(query, [TRACES]);
      if (rows[0]?.found) found.push(name);
    }
    return found;
  });
}
