import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { BOOKING_TRIGGERS } from '../../../shared/calcom/calendar-booking.ts';
import { mapConcurrently } from '../../command/map-concurrently.ts';
import { connect } from '../../project/data-api.ts';
import { createVault } from '../../project/vault.ts';
import { type Account, connectAccount, readWebhooks } from '../../register/account.ts';
import type { CalcomWebhook } from '../../register/webhooks.ts';
import type { Target } from '../../target/target.ts';
import { counted } from '../../command/counted.ts';
import { type Check, failed, listed, passed, unjudged } from '../check.ts';
import { registerWebhook } from '../next.ts';

type Salon = { id: string; username: string; has_key: boolean };

/** A salon that does not answer must not hold up the others. */
const SALONS_AT_A_TIME = 8;
const LIMIT_MS = 180_000;

/** Whether each salon's API key is accepted, and its webhook sends everything to this target. */
export const calcom: Check = {
  name: 'Cal.com',
  needs: 'Data API',
  limitMs: LIMIT_MS,
  async run(target) {
    const salons = await target.database.rows<Salon>(
      `select s.id::text, s.cal_com_username as username,
         private.has_salon_secret('calcom_api_key', s.id) as has_key
       from public.salons s where s.cal_com_username is not null order by s.cal_com_username`,
    );
    const withKey = salons.filter(({ has_key }) => has_key);
    const without = counted(salons.length - withKey.length, 'salon') + ' without an API key';
    if (withKey.length === 0) return unjudged(without);
    const faults = await faultsOf(withKey, target);
    const [first] = faults;
    if (first !== undefined) {
      return failed(
        `${faults.length} of ${counted(withKey.length, 'salon')}: ${
          listed(faults.map(({ username, fault }) => `${username}: ${fault}`))
        }`,
        registerWebhook(target, first.username),
      );
    }
    const all = counted(withKey.length, 'salon') + ' well';
    return passed(withKey.length === salons.length ? all : `${all}, ${without}`);
  },
};

async function faultsOf(salons: readonly Salon[], target: Target) {
  const database = connect(target.apiUrl, await target.secretKey());
  const judged = await mapConcurrently(SALONS_AT_A_TIME, salons, async (salon) => {
    try {
      const vault = createVault(database, salon.id);
      const account = await connectAccount(salon, target.functionsUrl, vault);
      return { ...salon, fault: await webhookFault(account, target) };
    } catch (failure) {
      if (!(failure instanceof SetupProblem)) throw failure;
      return { ...salon, fault: failure.message };
    }
  });
  return judged.flatMap(({ username, fault }) => fault === null ? [] : [{ username, fault }]);
}

async function webhookFault(account: Account, target: Target): Promise<string | null> {
  const { own, others } = await readWebhooks(account);
  const webhook = own ?? others.find((other) => isOurs(other, account, target));
  if (webhook === undefined) return `no webhook to ${target.functionsUrl}`;
  if (!webhook.active) return 'its webhook is switched off';
  const [first, ...more] = BOOKING_TRIGGERS.filter((name) => !webhook.triggers.includes(name));
  if (first !== undefined) {
    return `its webhook lacks ${first}${
      more.length > 0 ? ` and ${more.length} more triggers` : ''
    }`;
  }
  if (webhook.hasTemplate) return 'its webhook has a custom payload template';
  const hasSecret = webhook !== own || await account.vault.webhookSecret() !== null;
  return hasSecret ? null : 'Vault has no secret of its webhook';
}

/** The webhook with the shared secret; or that of a tunnel, which leads to the local stack. */
function isOurs({ subscriberUrl }: CalcomWebhook, account: Account, target: Target): boolean {
  if (subscriberUrl === `${target.functionsUrl}/calcom-webhook`) return true;
  const path = account.webhookUrl.slice(target.functionsUrl.length);
  return target.kind === 'local' && subscriberUrl.endsWith(path);
}
