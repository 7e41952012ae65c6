import type { ClientBase } from 'pg';
import type { TestDatabase } from '../../support/database.ts';
import { ANNAS_PHONE } from './scene.ts';

/** Who sends. SMSAPI notices that it was given a message twice, Twilio does not. */
export type Gateway = { name: 'smsapi' | 'twilio' };

export const SMSAPI: Gateway = { name: 'smsapi' };
export const TWILIO: Gateway = { name: 'twilio' };

/** A message in the hands of a run. */
export type Claim = {
  message_id: string;
  lease_token: string;
  was_unknown: boolean;
  phone_number: string | null;
  appointments: { startTime: string; pet: string | null }[];
  sent_to: string | null;
  sent_body: string | null;
  sent_since: Date | null;
};

/** What a run brings to the last look before the POST. */
export type Draft = {
  phone?: string | null;
  body?: string | null;
  segments?: number | null;
  problem?: string;
};

/** What came of a POST or a look-up. */
export type Outcome = {
  outcome: string;
  code?: string;
  providerId?: string;
  retryAfter?: number;
  optOut?: boolean;
  onAmbiguous?: 'hold' | 'resend';
  random?: number;
};

/** Claims what is due, on a connection of its own. */
export async function claim(
  database: TestDatabase,
  now: string,
  { gateway = SMSAPI, limit = 25 } = {},
): Promise<Claim[]> {
  return await database.as(
    'service_role',
    null,
    (client) => claimWithin(client, now, gateway, limit),
  );
}

/** {@link claim} within a transaction that the test holds open. */
export async function claimWithin(
  client: ClientBase,
  now: string,
  gateway = SMSAPI,
  limit = 25,
): Promise<Claim[]> {
  const { rows } = await client.query<Claim>(
    'select * from public.sms_claim($1, $2, p_now => $3)',
    [gateway.name, limit, now],
  );
  return rows;
}

/** Claims the only message that is due. */
export async function claimOne(
  database: TestDatabase,
  now: string,
  gateway = SMSAPI,
): Promise<Claim> {
  const claims = await claim(database, now, { gateway });
  const [only] = claims;
  if (only === undefined || claims.length > 1) throw new Error(`${claims.length} messages claimed`);
  return only;
}

/** Asks for leave to send, with a text of one segment to Anna unless told. */
export async function begin(
  database: TestDatabase,
  claimed: Pick<Claim, 'message_id' | 'lease_token'>,
  now: string,
  { phone = ANNAS_PHONE, body = 'Do jutra!', segments = 1, problem }: Draft = {},
): Promise<string> {
  const drafted = problem === undefined
    ? [phone, body, 'GSM-7', segments]
    : [null, null, null, null];
  return await answer(
    database,
    'public.sms_begin_dispatch($1, $2, $3, $4, $5, $6, $7, $8)',
    [claimed.message_id, claimed.lease_token, ...drafted, problem ?? null, now],
  );
}

/** Notes what came of it. */
export async function settle(
  database: TestDatabase,
  claimed: Pick<Claim, 'message_id' | 'lease_token'>,
  now: string,
  { outcome, code, providerId, retryAfter, optOut, onAmbiguous, random }: Outcome,
): Promise<string> {
  return await answer(
    database,
    'public.sms_settle($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [
      ...[claimed.message_id, claimed.lease_token, outcome, code, providerId, retryAfter],
      ...[optOut ?? false, onAmbiguous ?? 'hold', random ?? 0.5, now],
    ],
  );
}

/** Claims the only message that is due and begins to send it. */
export async function dispatch(
  database: TestDatabase,
  now: string,
  gateway = SMSAPI,
): Promise<Claim> {
  const claimed = await claimOne(database, now, gateway);
  const verdict = await begin(database, claimed, now);
  if (verdict !== 'go') throw new Error(`sms_begin_dispatch answered ${verdict}`);
  return claimed;
}

/** Takes back what dead runs left behind. */
export async function sweep(database: TestDatabase, now: string) {
  return await database.as('service_role', null, async (client) => {
    const { rows: [swept] } = await client.query<
      { requeued: number; unknown: number; expired: number }
    >(`select * from public.sms_sweep('{log,smsapi}', $1)`, [now]);
    return swept;
  });
}

/** Calls a function of the job that gives one value, as the job would. */
export async function answer<T = string>(
  database: TestDatabase,
  call: string,
  values: unknown[],
): Promise<T> {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query(`select ${call} as answer`, values);
    return rows[0].answer;
  });
}
