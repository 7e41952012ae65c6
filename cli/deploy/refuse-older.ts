import { gt } from 'semver';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { checkoutMigrations, checkoutVersion, MIGRATION_PREFIX } from '../target/checkout.ts';
import type { Target } from '../target/target.ts';
import type { Situation } from './situation.ts';

/**
 * Throws a SetupProblem if a newer version has been deployed, or if the database has a migration of
 * this project that this checkout lacks: the functions of this checkout would not fit it.
 */
export async function refuseOlderCheckout(target: Target, situation: Situation): Promise<void> {
  const own = await checkoutVersion();
  const known = new Set((await checkoutMigrations()).map(({ version }) => version));
  const unknown = situation.applied.find(({ version, name }) =>
    name.startsWith(MIGRATION_PREFIX) && !known.has(version)
  );
  if (unknown !== undefined) {
    throw new SetupProblem(
      `this checkout is older than ${target.name}, which has the migration ${unknown.version}_` +
        `${unknown.name}: check out the newer version and deploy that`,
    );
  }
  const deployed = await deployedVersion(target);
  if (deployed !== null && gt(deployed, own)) {
    throw new SetupProblem(
      `version ${deployed} is deployed to ${target.name}, and this checkout is ${own}: check out ` +
        `${deployed} or a later version and deploy that`,
    );
  }
}

async function deployedVersion({ database }: Target): Promise<string | null> {
  const [table] = await database.rows<{ exists: boolean }>(
    "select to_regclass('private.deployments') is not null as exists",
  );
  if (!table?.exists) return null;
  const [newest] = await database.rows<{ version: string }>(
    'select d.version from private.deployments d order by d.id desc limit 1',
  );
  return newest?.version ?? null;
}
