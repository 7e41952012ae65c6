import { checkoutMigrations, MIGRATION_PREFIX } from '../../target/checkout.ts';
import { type Check, failed, listed, passed } from '../check.ts';
import { deployAgain } from '../next.ts';

/** Whether all migrations of this checkout are applied, and no later ones. Others are the app's. */
export const migrations: Check = {
  name: 'migrations',
  needs: 'database',
  async run(target) {
    const [history] = await target.database.rows<{ exists: boolean }>(
      "select to_regclass('supabase_migrations.schema_migrations') is not null as exists",
    );
    const applied = history?.exists
      ? await target.database.rows<{ version: string; name: string | null }>(
        'select version, name from supabase_migrations.schema_migrations order by version',
      )
      : [];
    const own = await checkoutMigrations();
    const missing = own.filter(({ version }) => !applied.some((row) => row.version === version));
    if (missing.length > 0) {
      return failed(
        `not applied: ${listed(missing.map(({ version, name }) => `${version}_${name}`))}`,
        deployAgain(target),
      );
    }
    const later = applied.filter(({ version, name }) =>
      name?.startsWith(MIGRATION_PREFIX) && !own.some((known) => known.version === version)
    );
    return later.length === 0 ? passed(`all ${own.length} applied`) : failed(
      `this checkout lacks ${listed(later.map(({ version, name }) => `${version}_${name}`))}`,
      'check out the version that is deployed: git pull',
    );
  },
};
