import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { counted } from '../command/counted.ts';
import type { AdminDatabase } from '../target/admin-database.ts';
import type { Target } from '../target/target.ts';
import { deleteTables } from './delete-tables.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';
import { deleteWebhooks } from './webhooks.ts';

/**
 * Takes away what the plan names. Jobs go first, so that nothing starts meanwhile, and the salons'
 * keys after the webhooks that need them. Every step can be repeated: after a failure, run the
 * command again. Throws a SetupProblem if a salon's webhooks could not be deleted; its key, and the
 * tables, are still there then.
 */
export async function uninstall(
  target: Target,
  plan: Plan,
  { deleteTables: withTables }: Pick<Options, 'deleteTables'>,
  say: (line: string) => void,
): Promise<void> {
  const { database, management } = target;
  await unschedule(database, plan.jobs);
  say(`${counted(plan.jobs.length, 'job')} unscheduled`);
  const { deleted, stuck } = await deleteWebhooks(target, plan.salons);
  say(`${counted(deleted, 'webhook')} deleted at Cal.com`);
  for (const slug of plan.functions) await management?.deleteFunction(slug);
  say(`${counted(plan.functions.length, 'function')} deleted`);
  if (plan.secrets.length > 0) await management?.deleteSecrets(plan.secrets);
  say(`${counted(plan.secrets.length, 'function secret')} deleted`);
  const stuckIds = stuck.map(({ id }) => id);
  const entries = plan.vaultEntries.filter((name) => !stuckIds.some((id) => name.endsWith(id)));
  if (entries.length > 0) {
    await database.rows(
      'delete from vault.secrets where name in (select jsonb_array_elements_text($1::jsonb))',
      [JSON.stringify(entries)],
    );
  }
  say(`Vault entries deleted: ${entries.length}`);
  const [first] = stuck;
  if (first !== undefined) {
    for (const { username, problem } of stuck) say(`webhooks of ${username}: ${problem}`);
    throw new SetupProblem(
      `the webhooks of ${
        counted(stuck.length, 'salon')
      } are left: run the same command again, or ` +
        'delete them in Cal.com and forget the key: ' +
        `select set_calcom_api_key('${first.id}', '')`,
    );
  }
  if (!withTables) return;
  await deleteTables(database, plan.tables);
  say(`${counted(plan.tables.ours.length, 'table')} deleted`);
}

async function unschedule(database: AdminDatabase, jobs: readonly string[]): Promise<void> {
  if (jobs.length === 0) return;
  await database.rows(
    'select cron.unschedule(name) from jsonb_array_elements_text($1::jsonb) as j (name)',
    [JSON.stringify(jobs)],
  );
}
