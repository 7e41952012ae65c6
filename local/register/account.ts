import { CALCOM_API_URL, type CalcomApi, createCalcomApi } from '../../shared/calcom/api.ts';
import { accountOf, type CalcomWebhook, listWebhooks } from '../../shared/calcom/webhooks.ts';
import { SetupProblem } from '../setup-problem.ts';
import { valueOf } from './advice.ts';
import type { Project } from './project.ts';
import type { Salon } from './salons.ts';
import type { Vault } from './vault.ts';

/** A salon's account at Cal.com, with a key that Cal.com accepts. */
export type Account = {
  username: string;
  /** Where its webhook is to send. */
  webhookUrl: string;
  api: CalcomApi;
  vault: Vault;
};

const TIMEOUT_MS = 20_000;

/**
 * Opens a salon's account with the key in CALCOM_API_KEY, which is kept in Vault once it turns out
 * to be the salon's, or with the one kept there.
 */
export async function openAccount(
  salon: Pick<Salon, 'id' | 'username'>,
  project: Project,
  vault: Vault,
): Promise<Account> {
  const given = process.env.CALCOM_API_KEY?.trim() || null;
  const apiKey = given ?? await vault.apiKey();
  if (apiKey === null) {
    throw new SetupProblem(
      `no API key for ${salon.username}: make one at https://app.cal.com/settings/developer/api-keys ` +
        'and put it into CALCOM_API_KEY, this first time',
    );
  }
  const baseUrl = (process.env.CALCOM_API_URL || CALCOM_API_URL).replace(/\/+$/, '');
  const api = createCalcomApi({ baseUrl, apiKey, timeoutMs: TIMEOUT_MS, fetch });
  await requireAccountOf(salon, api);
  if (given !== null) await vault.keepApiKey(given);
  const webhookUrl = `${project.functionsUrl}/calcom-webhook?salon=${salon.id}`;
  return { username: salon.username, webhookUrl, api, vault };
}

/** All webhooks of the account; the salon's own is the one that sends to its address. */
export async function readWebhooks(
  { api, webhookUrl }: Account,
): Promise<{ own: CalcomWebhook | null; others: CalcomWebhook[] }> {
  const webhooks = valueOf(await listWebhooks(api));
  const own = webhooks.find(({ subscriberUrl }) => subscriberUrl === webhookUrl) ?? null;
  return { own, others: webhooks.filter((webhook) => webhook !== own) };
}

/** With a key of somebody else that one's bookings would become this salon's. */
async function requireAccountOf(
  { username }: Pick<Salon, 'username'>,
  api: CalcomApi,
): Promise<void> {
  const actual = valueOf(await accountOf(api));
  if (actual.toLowerCase() === username.toLowerCase()) return;
  throw new SetupProblem(
    `this API key is that of the Cal.com user ${actual}, not of ${username}: use one of ${username}, ` +
      'or correct salons.cal_com_username',
  );
}
