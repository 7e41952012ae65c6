import type { ClientBase } from 'pg';
import type { TestDatabase } from '../../support/database.ts';
import { callFunction } from './rpc.ts';
import { ANNAS_PHONE } from './scene.ts';

/** An SMS company. SMSAPI recognizes a message that it gets twice; Twilio does not. */
export type Provider = { name: 'smsapi' | 'twilio' };

export const SMSAPI: Provider = { name: 'smsapi' };
export const TWILIO: Provider = { name: 'twilio' };

/** A message that a run has claimed. */
export type Claim = {
  message_id: string;
  lease_token: string;
  was_unknown: boolean;
  phone: string | null;
  appointments: { startTime: string; pet: string | null }[];
  sent_to: string | null;
  sent_body: string | null;
  sent_since: Date | null;
  link_token: string;
};

/** What a run submits to the check before the POST. */
export type Draft = {
  phone?: string | null;
  body?: string | null;
  segments?: number | null;
  problem?: string;
};

/** The result of a POST or a look-up. */
export type Outcome = {
  outcome: string;
  code?: string;
  providerId?: string;
  retryAfter?: number;
  optOut?: boolean;
  onAmbiguous?: 'hold' | 'resend';
  random?: number;
};

/** Claims due messages in a transaction of its own. */
export async function claim(
  database: TestDatabase,
  now: string,
  { provider = SMSAPI, limit = 25 } = {},
): Promise<Claim[]> {
  return await database.as(
    'service_role',
    null,
    (client) => claimWithin(client, now, provider, limit),
  );
}

/** {@link claim} in a transaction that the test keeps open. */
export async function claimWithin(
  client: ClientBase,
  now: string,
  provider = SMSAPI,
  limit = 25,
): Promise<Claim[]> {
  const { rows } = await client.query<Claim>(
    'select * from public.sms_claim($1, $2, p_now => $3)',
    [provider.name, limit, now],
  );
  return rows;
}

/** Claims the only message that is due. */
export async function claimOne(
  database: TestDatabase,
  now: string,
  provider = SMSAPI,
): Promise<Claim> {
  const claims = await claim(database, now, { provider });
  const [only] = claims;
  if (only === undefined || claims.length > 1) throw new Error(`${claims.length} messages claimed`);
  return only;
}

/** Asks for permission to send: one segment to the client of the claim, or Anna, unless told. */
export async function beginDispatch(
  database: TestDatabase,
  claimed: Pick<Claim, 'message_id' | 'lease_token'> & Partial<Pick<Claim, 'phone'>>,
  now: string,
  { phone = claimed.phone ?? ANNAS_PHONE, body = 'Do jutra!', segments = 1, problem }: Draft = {},
): Promise<string> {
  const drafted = problem === undefined
    ? [phone, body, 'GSM-7', segments]
    : [null, null, null, null];
  return await callFunction(
    database,
    'public.sms_begin_dispatch($1, $2, $3, $4, $5, $6, $7, $8)',
    [claimed.message_id, claimed.lease_token, ...drafted, problem ?? null, now],
  );
}

/** Stores the result of a dispatch or a look-up. */
export async function settle(
  database: TestDatabase,
  claimed: Pick<Claim, 'message_id' | 'lease_token'>,
  now: string,
  { outcome, code, providerId, retryAfter, optOut, onAmbiguous, random }: Outcome,
): Promise<string> {
  return await callFunction(
    database,
    'public.sms_settle($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [
      ...[claimed.message_id, claimed.lease_token, outcome, code, providerId, retryAfter],
      ...[optOut ?? false, onAmbiguous ?? 'hold', random ?? 0.5, now],
    ],
  );
}

/** Claims the only due message and begins its dispatch. */
export async function dispatch(
  database: TestDatabase,
  now: string,
  provider = SMSAPI,
): Promise<Claim> {
  const claimed = await claimOne(database, now, provider);
  const verdict = await beginDispatch(database, claimed, now);
  if (verdict !== 'go') throw new Error(`sms_begin_dispatch answered ${verdict}`);
  return claimed;
}

/** Releases the messages of runs that died. */
export async function recoverAndExpire(database: TestDatabase, now: string) {
  return await database.as('service_role', null, async (client) => {
    const { rows: [recovered] } = await client.query<
      { requeued: number; unknown: number; expired: number }
    >(`select * from public.sms_recover_and_expire('{log,smsapi}', $1)`, [now]);
    return recovered;
  });
}
