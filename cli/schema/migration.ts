import { extract } from '@supabase/pg-delta/extract';
import { type Plan, plan } from '@supabase/pg-delta/plan';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg, { type ClientBase } from 'pg';
import { withClient } from '../../local/postgres/client.ts';
import { projectRoot } from '../../local/setup/paths.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { createScratchDatabase } from '../project/scratch-database.ts';
import { migrationSql } from './migration-sql.ts';
import { schemaDatabaseUrl, withSchemaDatabase } from './schema-database.ts';

const MIGRATIONS_DIR = join(projectRoot, 'supabase', 'migrations');

/**
 * What projects made before October 2026 grant on each new object in `public`. A migration has to
 * revoke it; newer projects grant nothing.
 */
const OLD_DEFAULTS = ['tables', 'functions', 'sequences'].map((kind) =>
  `alter default privileges for role postgres in schema public
     grant all on ${kind} to postgres, anon, authenticated, service_role;`
).join('\n');

const NEW_VALUE = /^ALTER TYPE \S+ ADD VALUE /;
const NEW_TYPE = /^CREATE TYPE \S+ AS ENUM /;
const OF_OWNER = /^(GRANT|REVOKE) .* (TO|FROM) "postgres"/s;
const COLUMN_PRIVILEGES = /^(GRANT|REVOKE) [^;]*\([^;]*\) ON TABLE /;

/** A file of supabase/migrations. */
export interface Migration {
  name: string;
  sql: string;
}

/**
 * The migrations from what the committed ones make to what supabase/schemas says; none if that is
 * the same.
 *
 * Usually one. Postgres cannot use a new value of an enum in the transaction that adds it, so such
 * values come in a migration of their own, before the other.
 */
export async function createMigrations(what: string, now: Date): Promise<Migration[]> {
  const scratch = await createScratchDatabase({ migrated: false });
  try {
    await withClient(scratch.url, applyMigrations);
    return await withSchemaDatabase(scratch, async (schemas) => {
      const wanted = schemaDatabaseUrl(scratch);
      // First, so that tables get their columns in order.
      const values = await applyFirst(scratch.url, wanted, NEW_VALUE);
      const types = await applyFirst(scratch.url, wanted, NEW_TYPE);
      const changes = statementsOf(await compare(scratch.url, wanted));
      const rest = [...types, ...changes, ...await commentsOnColumns(schemas, changes)];
      return [{ subject: `${what}_values`, statements: values }, {
        subject: what,
        statements: rest,
      }]
        .filter(({ statements }) => statements.length > 0)
        .map(({ subject, statements }, index) => ({
          name: fileName(subject, new Date(now.getTime() + index * 1000)),
          sql: [header(what), ...migrationSql(statements)].join('\n\n') + '\n',
        }));
    }, OLD_DEFAULTS);
  } finally {
    await scratch.drop();
  }
}

async function applyMigrations(client: ClientBase): Promise<void> {
  await client.query(OLD_DEFAULTS);
  const names = (await readdir(MIGRATIONS_DIR)).filter((name) => name.endsWith('.sql')).sort();
  for (const name of names) await client.query(await readFile(join(MIGRATIONS_DIR, name), 'utf8'));
}

/** Both as pg-delta reads them from Postgres' catalog: it reads no SQL. */
async function compare(from: string, to: string): Promise<Plan> {
  const [before, after] = [await readDatabase(from), await readDatabase(to)];
  return plan(before.factBase, after.factBase);
}

async function readDatabase(url: string): ReturnType<typeof extract> {
  const pool = new pg.Pool({ connectionString: url });
  try {
    return await extract(pool);
  } finally {
    await pool.end();
  }
}

/** Applies the statements of a kind to the first database, and returns them. */
async function applyFirst(from: string, to: string, kind: RegExp): Promise<string[]> {
  const { actions } = await compare(from, to);
  const statements = actions.map(({ sql }) => sql).filter((sql) => kind.test(sql));
  await withClient(from, (client) => client.query(statements.join(';\n')));
  return statements;
}

/** The comments that the columns of a view lose when it is dropped and made again. */
async function commentsOnColumns(schemas: ClientBase, changes: string[]): Promise<string[]> {
  const dropped = changes.flatMap((sql) => /^DROP VIEW (\S+?);?$/.exec(sql)?.[1] ?? []);
  const { rows } = await schemas.query<{ comment: string }>(
    `select format('COMMENT ON COLUMN %I.%I.%I IS %L', c.relnamespace::regnamespace, c.relname,
       a.attname, d.description) as comment
     from unnest($1::text[]) with ordinality as v (name, place)
     join pg_class c on c.oid = to_regclass(v.name)
     join pg_attribute a on a.attrelid = c.oid
     join pg_description d on d.objoid = c.oid and d.objsubid = a.attnum
     order by v.place, a.attnum`,
    [dropped],
  );
  return rows.map(({ comment }) => comment);
}

/** All in one transaction, so that a failure leaves the database as it was. */
function statementsOf(difference: Plan): string[] {
  if (difference.actions.some(({ transactionality }) => transactionality !== 'transactional')) {
    throw new SetupProblem('this change needs several transactions: write its migrations by hand');
  }
  const settings = difference.preamble.filter(({ name }) => name !== 'search_path')
    .map(({ name, value }) => `set local ${name} = ${value}`);
  // An owner has all privileges, and their list depends on the version of Postgres.
  const statements = difference.actions.map(({ sql }) => sql).filter((sql) => !OF_OWNER.test(sql));
  if (statements.length === 0) return [];
  // Revoking the privileges on a table takes those on its columns along.
  const [ofColumns, others] = partition(statements, (sql) => COLUMN_PRIVILEGES.test(sql));
  return [...settings, ...others, ...ofColumns];
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function fileName(subject: string, time: Date): string {
  return `${timeOf(time)}_barkbook_calendar_sync_${subject}.sql`;
}

/** As the Supabase CLI names migrations: `20261128093000`. */
function timeOf(time: Date): string {
  return time.toISOString().replace(/\D/g, '').slice(0, '20261128093000'.length);
}

function header(what: string): string {
  return `\
-- Generated from supabase/schemas by \`npm run schema -- --migration ${what}\`. Before you commit
-- it, read every statement and complete these lines.
-- Objects: ?
-- Destructive: ?
-- Undo: ?`;
}
