import { checkoutMigrations, functionsHash } from '../../../cli/target/checkout.ts';
import { listFunctions } from '../../../local/functions/catalog.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { ManagementApi } from '../../support/management-api/server.ts';

/** Makes a migrated database and the stand-in look as if this checkout had been deployed. */
export async function recordDeployment(
  database: TestDatabase,
  management: ManagementApi,
): Promise<void> {
  await database.query(
    `create schema supabase_migrations;
     create table supabase_migrations.schema_migrations (version text primary key, name text)`,
  );
  for (const { version, name } of await checkoutMigrations()) {
    await database.query('insert into supabase_migrations.schema_migrations values ($1, $2)', [
      version,
      name,
    ]);
  }
  for (const { name } of await listFunctions()) {
    management.functions.set(name, { metadata: {}, files: new Map(), version: 1, updatedAt: 0 });
  }
  await database.query(
    `insert into private.deployments (version, functions_hash) values ('0.1.0', $1)`,
    [await functionsHash()],
  );
}
