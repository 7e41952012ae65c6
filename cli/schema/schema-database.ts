import type { ClientBase } from 'pg';
import { bootstrapDatabase } from '../../local/postgres/bootstrap.ts';
import { withClient } from '../../local/postgres/client.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { ScratchDatabase } from '../project/scratch-database.ts';
import { schemaFiles } from './schema-files.ts';

const NAME = 'from_schemas';

/**
 * Does some work on a new database of a scratch server, created from the schema files alone after the
 * SQL in `before`.
 */
export async function withSchemaDatabase<T>(
  scratch: ScratchDatabase,
  work: (client: ClientBase) => Promise<T>,
  before = '',
): Promise<T> {
  await withClient(
    scratch.adminUrl,
    (client) => client.query(`create database ${NAME} owner postgres`),
  );
  await withClient(
    inDatabase(scratch.adminUrl),
    (client) => bootstrapDatabase(client, 'stand-in'),
  );
  try {
    return await withClient(inDatabase(scratch.url), async (client) => {
      await client.query(before);
      await applySchema(client);
      return await work(client);
    });
  } finally {
    await withClient(scratch.adminUrl, (client) => client.query(`drop database ${NAME}`));
  }
}

async function applySchema(client: ClientBase): Promise<void> {
  for (const { path, sql } of await schemaFiles()) {
    try {
      await client.query(sql);
    } catch (failure) {
      const message = failure instanceof Error ? failure.message : String(failure);
      throw new SetupProblem(`${path} failed: ${message}`);
    }
  }
}

/** Its address, as role postgres. */
export function schemaDatabaseUrl(scratch: ScratchDatabase): string {
  return inDatabase(scratch.url);
}

function inDatabase(url: string): string {
  return Object.assign(new URL(url), { pathname: NAME }).href;
}
