import { type AdminDatabase, DatabaseProblem } from '../../target/admin-database.ts';
import type { Step } from '../deployment.ts';

/** A rule that holds for new rows only. `violation` is a condition on the row `t`. */
type Unvalidated = { table: string; name: string; violation: string; id: string };

const MAX_IDS = 5;

/** Check constraints, and foreign keys, that old rows may break. */
const UNVALIDATED = `
  select c.conrelid::regclass::text as table, quote_ident(c.conname) as name,
    case c.contype
      when 'c' then format('not (%s)', pg_get_expr(c.conbin, c.conrelid))
      else (
        select format('%s and not exists (select from %s p where %s)',
          string_agg(format('t.%I is not null', a.attname), ' and '), c.confrelid::regclass,
          string_agg(format('p.%I = t.%I', f.attname, a.attname), ' and '))
        from unnest(c.conkey, c.confkey) as k (own, other)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
        join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.other)
    end as violation,
    case when exists (
      select from pg_attribute a where a.attrelid = c.conrelid and a.attname = 'id'
    ) then 't.id' else 't.ctid' end as id
  from pg_constraint c
  -- A domain's constraint belongs to no table.
  where not c.convalidated and c.contype in ('c', 'f') and c.conrelid <> 0
    and c.connamespace in (select n.oid from pg_namespace n where n.nspname in ('public', 'private'))
  order by 1, 2`;

/**
 * Shows every constraint that is not validated, with the rows that break it: the CLI does not show
 * the warnings of a migration. They do not stop a deployment.
 */
export const constraints: Step = {
  name: 'constraints',
  async run({ target: { database }, terminal }) {
    const found = await database.rows<Unvalidated>(UNVALIDATED);
    for (const constraint of found) terminal.say(await describe(database, constraint));
    if (found.length === 0) return 'all validated';
    return `${found.length} hold${found.length === 1 ? 's' : ''} for new rows only, see above`;
  },
};

async function describe(database: AdminDatabase, constraint: Unvalidated): Promise<string> {
  const { table, name } = constraint;
  const remedy = `run: alter table ${table} validate constraint ${name};`;
  const broken = await breakingRows(database, constraint);
  if (broken instanceof DatabaseProblem) {
    return `    ${table}: which rows break ${name} cannot be said (${broken.message}): correct them, ` +
      `then ${remedy}`;
  }
  const { count, ids } = broken;
  if (count === 0) return `    ${table}: no row breaks ${name} any more: ${remedy}`;
  const shown = `${ids?.join(', ')}${count > MAX_IDS ? ', …' : ''}`;
  return `    ${table}: ${count} ${
    count === 1 ? 'row breaks' : 'rows break'
  } ${name} (${shown}): ` +
    `correct ${count === 1 ? 'it' : 'them'}, then ${remedy}`;
}

/** The condition itself may fail on an old row, as a conversion does. */
async function breakingRows(
  database: AdminDatabase,
  { table, violation, id }: Unvalidated,
): Promise<{ count: number; ids: string[] | null } | DatabaseProblem> {
  try {
    const [rows] = await database.rows<{ count: number; ids: string[] | null }>(
      `select count(*)::integer as count,
         (array_agg(${id}::text order by ${id}::text))[1:${MAX_IDS}] as ids
       from ${table} t where ${violation}`,
    );
    return rows ?? { count: 0, ids: null };
  } catch (failure) {
    if (failure instanceof DatabaseProblem) return failure;
    throw failure;
  }
}
