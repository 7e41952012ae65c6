import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { CALCOM_API_URL, createCalcomApi } from '../../shared/calcom/api.ts';
import { readVariable } from '../command/options.ts';
import { connect, type DataApi } from '../project/data-api.ts';
import { createVault, type Vault } from '../project/vault.ts';
import type { Salon as NamedSalon } from '../project/salons.ts';
import { valueOf } from '../register/advice.ts';
import { readUsername } from '../register/webhooks.ts';
import type { Deployment } from './deployment.ts';

/** A salon whose account at Cal.com can be used, and its part of Vault. */
export type KeyedSalon = NamedSalon & { vault: Vault };

const TIMEOUT_MS = 20_000;

/** Opens the Data API of the target. */
export async function openData({ target }: Pick<Deployment, 'target'>): Promise<DataApi> {
  return connect(target.apiUrl, await target.secretKey());
}

/** The salons with a username and an API key in Vault. */
export async function salonsWithKey(
  { target }: Pick<Deployment, 'target'>,
  data: DataApi,
): Promise<KeyedSalon[]> {
  const rows = await target.database.rows<NamedSalon>(
    `select s.id::text, s.name, s.cal_com_username as username, s.timezone
     from public.salons s
     where s.cal_com_username is not null and private.has_salon_secret('calcom_api_key', s.id)
     order by s.cal_com_username`,
  );
  return rows.map((salon) => ({ ...salon, vault: createVault(data, salon.id) }));
}

/** Stores a given API key in Vault, for the salon whose account it opens. */
export async function storeGivenKey(
  { target, answers }: Pick<Deployment, 'target' | 'answers'>,
  data: DataApi,
): Promise<void> {
  const apiKey = readVariable('CALCOM_API_KEY', answers.env);
  if (apiKey === null) return;
  const baseUrl = (readVariable('CALCOM_API_URL', answers.env) ?? CALCOM_API_URL).replace(
    /\/+$/,
    '',
  );
  const username = valueOf(
    await readUsername(createCalcomApi({ baseUrl, apiKey, timeoutMs: TIMEOUT_MS, fetch })),
  );
  const [salon] = await target.database.rows<{ id: string }>(
    'select s.id::text from public.salons s where lower(s.cal_com_username) = lower($1)',
    [username],
  );
  if (salon === undefined) {
    throw new SetupProblem(
      `CALCOM_API_KEY belongs to the Cal.com user ${username}, and no salon has that username: use ` +
        'the key of a salon, or correct salons.cal_com_username',
    );
  }
  await createVault(data, salon.id).storeApiKey(apiKey);
}
