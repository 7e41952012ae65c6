import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { CALCOM_API_URL, type CalcomApi, createCalcomApi } from '../../shared/calcom/api.ts';
import { type CalcomWebhook, listWebhooks, readUsername } from './webhooks.ts';
import { readVariable } from '../command/options.ts';
import type { Salon } from '../project/salons.ts';
import type { Vault } from '../project/vault.ts';
import { KEY_ADVICE, valueOf } from './advice.ts';

/** A salon's account at Cal.com, with a key that Cal.com accepts. */
export type Account = {
  username: string;
  /** The address its webhook sends to. */
  webhookUrl: string;
  api: CalcomApi;
  vault: Vault;
};

const TIMEOUT_MS = 20_000;

/**
 * Opens a salon's account with the key in CALCOM_API_KEY, or with the one in Vault. A given key is
 * stored in Vault once Cal.com confirms that it is the salon's.
 */
export async function openAccount(
  salon: Pick<Salon, 'id' | 'username'>,
  functionsUrl: string,
  vault: Vault,
): Promise<Account> {
  const given = readVariable('CALCOM_API_KEY');
  const account = await connectAccount(salon, functionsUrl, vault, given);
  if (given !== null) await vault.storeApiKey(given);
  return account;
}

/**
 * Opens a salon's account with this key, or else with the one in Vault, and changes nothing. Throws
 * a SetupProblem with the next step without a key, or if it is not the salon's.
 */
export async function connectAccount(
  salon: Pick<Salon, 'id' | 'username'>,
  functionsUrl: string,
  vault: Vault,
  key: string | null = null,
): Promise<Account> {
  const apiKey = key ?? await vault.apiKey();
  if (apiKey === null) {
    throw new SetupProblem(
      `no API key for ${salon.username}: make one at https://app.cal.com/settings/developer/api-keys ` +
        'and put it into CALCOM_API_KEY, this first time',
    );
  }
  const api = await openCalcomApi(salon, apiKey);
  const webhookUrl = `${functionsUrl}/calcom-webhook?salon=${salon.id}`;
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

/**
 * Opens Cal.com's API with a key. Throws a SetupProblem if Cal.com refuses the key, or if it is that of
 * another account, whose bookings would become this salon's.
 */
export async function openCalcomApi(
  { username }: Pick<Salon, 'username'>,
  apiKey: string,
): Promise<CalcomApi> {
  const baseUrl = (process.env.CALCOM_API_URL || CALCOM_API_URL).replace(/\/+$/, '');
  const api = createCalcomApi({ baseUrl, apiKey, timeoutMs: TIMEOUT_MS, fetch });
  const actual = valueOf(await readUsername(api), KEY_ADVICE);
  if (actual.toLowerCase() === username.toLowerCase()) return api;
  throw new SetupProblem(
    `this API key belongs to the Cal.com user ${actual}, not to ${username}: use a key of ` +
      `${username}, or correct salons.cal_com_username`,
  );
}
