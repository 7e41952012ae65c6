import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { mapConcurrently } from '../command/map-concurrently.ts';
import { connect, type DataApi } from '../project/data-api.ts';
import { createVault } from '../project/vault.ts';
import { connectAccount, readWebhooks } from '../register/account.ts';
import { valueOf } from '../register/advice.ts';
import { deleteWebhook } from '../register/webhooks.ts';
import type { Target } from '../target/target.ts';
import type { PlannedSalon } from './plan.ts';

/** A salon whose webhooks could not be deleted, and why. */
export type StuckSalon = PlannedSalon & { problem: string };

const SALONS_AT_A_TIME = 8;

/**
 * Deletes the webhooks that send to this target from the salons' accounts at Cal.com. Returns how
 * many there were, and the salons where it failed.
 */
export async function deleteWebhooks(
  target: Target,
  salons: readonly PlannedSalon[],
): Promise<{ deleted: number; stuck: StuckSalon[] }> {
  if (salons.length === 0) return { deleted: 0, stuck: [] };
  const database = connect(target.apiUrl, await target.secretKey());
  const results = await mapConcurrently(SALONS_AT_A_TIME, salons, async (salon) => {
    try {
      return { ...salon, deleted: await deleteWebhooksOf(salon, target, database), problem: null };
    } catch (failure) {
      if (!(failure instanceof SetupProblem)) throw failure;
      return { ...salon, deleted: 0, problem: failure.message };
    }
  });
  return {
    deleted: results.reduce((sum, { deleted }) => sum + deleted, 0),
    stuck: results.flatMap(({ id, username, problem }) =>
      problem === null ? [] : [{ id, username, problem }]
    ),
  };
}

/** The salon's own webhook, and the one with the shared secret. */
async function deleteWebhooksOf(
  salon: PlannedSalon,
  { functionsUrl }: Target,
  database: DataApi,
): Promise<number> {
  const vault = createVault(database, salon.id);
  const account = await connectAccount(salon, functionsUrl, vault);
  const { own, others } = await readWebhooks(account);
  const shared = others.filter(({ subscriberUrl }) =>
    subscriberUrl === `${functionsUrl}/calcom-webhook`
  );
  const ours = own === null ? shared : [own, ...shared];
  for (const { id } of ours) valueOf(await deleteWebhook(account.api, id));
  return ours.length;
}
