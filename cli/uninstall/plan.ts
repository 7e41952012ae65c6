import { listFunctions } from '../../local/functions/catalog.ts';
import type { AdminDatabase } from '../target/admin-database.ts';
import type { Target } from '../target/target.ts';
import { FUNCTION_SECRETS } from '../target/function-secret-names.ts';
import { readTables, type TablesPlan } from './tables-plan.ts';

/** A salon that has, or may have, a webhook at Cal.com. */
export type PlannedSalon = { id: string; username: string };

/** What is there to take away. */
export type Plan = {
  jobs: string[];
  /** Salons whose API key is in Vault. */
  salons: PlannedSalon[];
  /** Salons with a webhook secret, whose webhook nobody here can delete. */
  salonsWithoutKey: PlannedSalon[];
  functions: string[];
  secrets: string[];
  /** Names in Vault. */
  vaultEntries: string[];
  tables: TablesPlan;
};

/** In Vault: the entries of the schedules, the alerts and the clients' links, and the secrets of the salons. */
const OUR_ENTRIES = '^barkbook_(functions_url|worker_secret|client_link_secret|' +
  'alert_(webhook_(url|format)|email_(key|from|to|url))|' +
  '(calcom_api_key|webhook_secret|previous_webhook_secret):[0-9a-f-]{36})$';

/** Looks at the target. What is gone already is no part of the plan. */
export async function readPlan({ database, management }: Target): Promise<Plan> {
  const vaultEntries = await readVaultEntries(database);
  const salons = await readSalons(database, vaultEntries);
  const slugs = new Set((await management?.functions() ?? []).map(({ slug }) => slug));
  const secrets = new Set((await management?.secrets() ?? []).map(({ name }) => name));
  return {
    jobs: await readJobs(database),
    ...salons,
    functions: (await listFunctions()).map(({ name }) => name).filter((name) => slugs.has(name)),
    secrets: FUNCTION_SECRETS.filter((name) => secrets.has(name)),
    vaultEntries,
    tables: await readTables(database),
  };
}

/** Those of this version, and of older ones. BarkBook may have jobs of its own. */
async function readJobs(database: AdminDatabase): Promise<string[]> {
  if (!await hasRelation(database, 'cron.job')) return [];
  const [schema] = await database.rows<{ exists: boolean }>(
    "select to_regprocedure('private.scheduled_jobs()') is not null as exists",
  );
  const ofVersion = schema?.exists
    ? 'jobname in (select k.jobname from private.scheduled_jobs() k)'
    : 'false';
  const rows = await database.rows<{ name: string }>(
    `select jobname as name from cron.job
     where username = current_user and (${ofVersion}
       or (jobname like 'barkbook\\_%' and command like '%private.%'))
     order by 1`,
  );
  return rows.map(({ name }) => name);
}

async function readVaultEntries(database: AdminDatabase): Promise<string[]> {
  if (!await hasRelation(database, 'vault.secrets')) return [];
  const rows = await database.rows<{ name: string }>(
    'select name from vault.secrets where name ~ $1 order by name',
    [OUR_ENTRIES],
  );
  return rows.map(({ name }) => name);
}

async function readSalons(database: AdminDatabase, vaultEntries: readonly string[]) {
  const withEntry = (kind: string) =>
    new Set(vaultEntries.flatMap((name) => {
      const [found, id] = name.split(':');
      return found === `barkbook_${kind}` && id ? [id] : [];
    }));
  const keys = withEntry('calcom_api_key');
  const secrets = withEntry('webhook_secret');
  if (keys.size + secrets.size === 0) return { salons: [], salonsWithoutKey: [] };
  const rows = await database.rows<PlannedSalon>(
    `select id::text, cal_com_username as username from public.salons
     where cal_com_username is not null order by cal_com_username`,
  );
  return {
    salons: rows.filter(({ id }) => keys.has(id)),
    salonsWithoutKey: rows.filter(({ id }) => !keys.has(id) && secrets.has(id)),
  };
}

async function hasRelation(database: AdminDatabase, name: string): Promise<boolean> {
  const [row] = await database.rows<{ exists: boolean }>(
    'select to_regclass($1) is not null as exists',
    [name],
  );
  return row?.exists ?? false;
}
