import { projectRoot } from '../../../local/setup/paths.ts';
import { listFunctions } from '../../../local/functions/catalog.ts';
import { checkoutVersion, functionsHash } from '../../target/checkout.ts';
import type { Deployment, Step } from '../deployment.ts';
import { copyFunctions } from '../self-hosted-functions.ts';
import { runSupabase } from '../supabase-cli.ts';

/** Uploads the functions unless these very ones are there, and records what is deployed. */
export const functions: Step = {
  name: 'functions',
  async run(deployment) {
    const { target, options } = deployment;
    const names = (await listFunctions()).map(({ name }) => name);
    const hash = await functionsHash();
    if (await isDeployed(deployment, names, hash)) return `${names.length} as before`;
    if (target.management === null) await copyFunctions(options.functionsDir ?? '', names);
    else await runSupabase(deployment, projectRoot, 'functions', 'deploy', '--use-api');
    await target.database.rows(
      'insert into private.deployments (version, functions_hash) values ($1, $2)',
      [await checkoutVersion(), hash],
    );
    return `deployed ${names.length}`;
  },
};

/** A function that was uploaded after that deployment may be another one. */
async function isDeployed(
  { target: { management, database } }: Deployment,
  names: readonly string[],
  hash: string,
): Promise<boolean> {
  if (management === null) return false;
  const [newest] = await database.rows<
    { functions_hash: string | null; version: string; ms: number }
  >(
    `select d.functions_hash, d.version,
       (extract(epoch from d.deployed_at) * 1000)::float8 as ms
     from private.deployments d order by d.id desc limit 1`,
  );
  if (newest?.functions_hash !== hash || newest.version !== await checkoutVersion()) return false;
  const uploaded = new Map((await management.functions()).map((each) => [each.slug, each]));
  return names.every((name) => {
    const { status, updated_at: updatedAtMs = Infinity } = uploaded.get(name) ?? {};
    return status === 'ACTIVE' && updatedAtMs <= newest.ms;
  });
}
