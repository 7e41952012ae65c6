import type { AdminDatabase } from '../target/admin-database.ts';
import { checkoutMigrations } from '../target/checkout.ts';
import { KEPT_VALUES, readOurObjects, SHARED_TABLES } from './our-objects.ts';

/** Which tables are ours to delete, with how many rows. */
export type TablesPlan = {
  ours: { name: string; rows: number }[];
  /** Tables that an app's own migrations may have made: they stay, with every row and column. */
  kept: string[];
};

/** Marks of BarkBook's app: tables that only its migrations make. */
const OF_BARKBOOK: readonly string[] = ['public.pet_visits', 'public.cal_com_tokens', KEPT_VALUES];

/**
 * Decides whose the tables are. Those that BarkBook's migrations make too are ours only if nothing
 * else ever migrated this database; otherwise nobody can tell, and they stay.
 */
export async function readTables(database: AdminDatabase): Promise<TablesPlan> {
  const { tables } = await readOurObjects();
  const rows = await database.rows<{ name: string; rows: number }>(
    `select t.name,
       (xpath('/row/rows/text()', query_to_xml(
         format('select count(*) as rows from %s', t.name), false, true, '')))[1]::text::float8
         as rows
     from jsonb_array_elements_text($1::jsonb) as t (name)
     where to_regclass(t.name) is not null order by t.name`,
    [JSON.stringify(tables)],
  );
  if (!await isShared(database)) return { ours: rows, kept: [] };
  const isKept = ({ name }: { name: string }) => SHARED_TABLES.includes(name);
  return {
    ours: rows.filter((row) => !isKept(row)),
    kept: rows.filter(isKept).map(({ name }) => name),
  };
}

async function isShared(database: AdminDatabase): Promise<boolean> {
  const [marks] = await database.rows<{ app: boolean; history: boolean }>(
    `select bool_or(to_regclass(name) is not null) as app,
       to_regclass('supabase_migrations.schema_migrations') is not null as history
     from jsonb_array_elements_text($1::jsonb) as m (name)`,
    [JSON.stringify(OF_BARKBOOK)],
  );
  if (marks?.app !== false) return true;
  if (!marks.history) return false;
  const own = await checkoutMigrations();
  const [others] = await database.rows<{ exist: boolean }>(
    `select exists (
       select from supabase_migrations.schema_migrations m
       where m.version not in (select jsonb_array_elements_text($1::jsonb))) as exist`,
    [JSON.stringify(own.map(({ version }) => version))],
  );
  return others?.exist ?? true;
}
