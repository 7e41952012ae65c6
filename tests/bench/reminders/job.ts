import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { BenchDatabase } from '../database/server.ts';

/** The time of a call in the database, and for its caller, including the commit. */
export type CallTime = { executingMs: number; waitedMs: number };

/** The times of the calls for a batch of messages. */
export type BatchTimes = { claim: CallTime; begins: CallTime[]; settles: CallTime[] };

/** The calls of the reminder job, one after the other on one connection. */
export type Job = {
  /** Plans from the salon after this one on, for as long as a call may take. */
  plan(after: string | null): Promise<{ planned: number; next: string | null; time: CallTime }>;
  /** Makes all calls for a batch of {@link BATCH} messages, as if a provider accepted each. */
  sendBatch(): Promise<BatchTimes>;
  close(): Promise<void>;
};

/** The default of SMS_BATCH. */
export const BATCH = 25;

type Timed<Row> = { rows: Row[]; time: CallTime };
type Message = { message_id: string; lease_token: string; phone: string };

/** Connects directly, without PostgREST, but with the same rights. */
export async function openJob(database: BenchDatabase): Promise<Job> {
  const client = new pg.Client({ connectionString: database.url('authenticator') });
  await client.connect();
  await client.query('set role service_role');

  async function call<Row extends pg.QueryResultRow>(
    name: string,
    args: Record<string, unknown>,
  ): Promise<Timed<Row>> {
    const named = Object.keys(args).map((argument, index) => `${argument} => $${index + 1}`);
    const calledAtMs = performance.now();
    const { rows } = await client.query<Row & { executing_ms: number }>(
      `select answer.*,
         (extract(epoch from clock_timestamp() - statement_timestamp()) * 1000)::float8
           as executing_ms
       from public.${name}(${named.join(', ')}) as answer`,
      Object.values(args),
    );
    const waitedMs = performance.now() - calledAtMs;
    return { rows, time: { executingMs: rows[0]?.executing_ms ?? NaN, waitedMs } };
  }

  /** Calls a function that returns one value. */
  async function expect(word: string, name: string, args: Record<string, unknown>) {
    const { rows: [row], time } = await call<{ answer: string }>(name, args);
    if (row?.answer !== word) throw new Error(`${name} answered ${row?.answer}`);
    return time;
  }

  return {
    plan: async (after) => {
      const { rows: [row], time } = await call<{ planned: number; next_after: string | null }>(
        'sms_plan',
        { p_after: after },
      );
      return { planned: row?.planned ?? 0, next: row?.next_after ?? null, time };
    },
    sendBatch: async () => {
      const claimed = await call<Message>('sms_claim', {
        p_provider: 'smsapi',
        p_limit: BATCH,
      });
      if (claimed.rows.length < BATCH) throw new Error('Too few messages are due');
      const times: BatchTimes = { claim: claimed.time, begins: [], settles: [] };
      for (const { message_id, lease_token, phone } of claimed.rows) {
        const message = { p_message_id: message_id, p_lease_token: lease_token };
        times.begins.push(
          await expect('go', 'sms_begin_dispatch', {
            ...message,
            p_phone: phone,
            p_body: 'Przypomnienie: wizyta jutro, wtorek 24.11 o 14:00 (Fiona). Psia Lapa',
            p_encoding: 'GSM-7',
            p_segments: 1,
          }),
        );
        times.settles.push(
          await expect('sent', 'sms_settle', {
            ...message,
            p_outcome: 'accepted',
            p_provider_message_id: randomUUID(),
          }),
        );
      }
      return times;
    },
    close: () => client.end(),
  };
}
