import { expect } from 'vitest';
import type { RemindersAnswer } from '../../../supabase/functions/sms-reminders/answer.ts';
import type { Counts } from '../../../supabase/functions/sms-reminders/counts.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  type RemindedClient,
  type Settings,
} from '../../database/support/reminders.ts';
import { addDays, civilDateAt } from '../../../shared/time/civil-date.ts';
import { instantAt } from '../../../shared/time/wall-time.ts';
import type { TestApi } from '../../support/api.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { SmsapiServer } from '../../support/smsapi-server.ts';
import type { TwilioServer } from '../../support/twilio-server.ts';
import {
  type Env,
  type FunctionStack,
  type Reply as AnyReply,
  scheduledRequest,
  startFunctionStack,
} from './function-stack.ts';

/** An answer of the function. */
export type Reply = AnyReply<RemindersAnswer>;

/** How a run ended. */
export type Run = { id: string; counts: Counts; error: string | null };

/** The body of a call. */
export type Request = { dryRun?: boolean; at?: string };

/** `sms-reminders` in its own process, on a database of its own. */
export type Reminders = Pick<FunctionStack, 'api' | 'database' | 'gate' | 'output' | 'stop'> & {
  /** Sends any request to the function. */
  request(init: RequestInit): Promise<Reply>;
  /** Calls it as the scheduler does. */
  call(body?: Request): Promise<Reply>;
  /** Calls it and waits for the end of the run. */
  run(body?: Request): Promise<Run>;
  /** Ends the function as a crash would, and starts it again. */
  crash(): Promise<void>;
  /** Restarts it with these variables instead of those that it was started with. */
  reconfigure(env: Env): Promise<void>;
};

const RUN_TIMEOUT_MS = 15_000;

/** A secret for SMSAPI's reports. */
export const CALLBACK_SECRET = 'a-secret-of-some-length';

/** The variables with which reminders are sent through a stand-in of SMSAPI. */
export function smsapiEnv({ url }: Pick<SmsapiServer, 'url'>): Record<string, string> {
  return {
    SMS_PROVIDER: 'smsapi',
    SMSAPI_BASE_URL: url,
    SMSAPI_TOKEN: 'smsapi-token',
    SMSAPI_CALLBACK_SECRET: CALLBACK_SECRET,
  };
}

/** The variables with which reminders are sent through an emulated Twilio. */
export function twilioEnv(twilio: TwilioServer): Record<string, string> {
  return {
    SMS_PROVIDER: 'twilio',
    TWILIO_API_BASE_URL: twilio.url,
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: twilio.from,
  };
}

/** Starts the function; `env` selects the provider. */
export async function startReminders(env: Env | ((api: TestApi) => Env) = {}): Promise<Reminders> {
  const stack = await startFunctionStack('sms-reminders', env);
  const { api, database, gate, output, reconfigure, stop } = stack;
  const call = (body: Request = {}): Promise<Reply> => stack.request(scheduledRequest(api, body));

  return {
    api,
    database,
    gate,
    output,
    reconfigure,
    stop,
    request: (init) => stack.request(init),
    call,
    run: async (body) => {
      const { status, body: answer, text } = await call(body);
      if (status !== 202 || !('runId' in answer)) throw new Error(`${status} ${text}`);
      const run = await finished(database, answer.runId);
      // Its log line comes last; tests that search the log must see it.
      await expect.poll(output).toContain(answer.runId);
      return run;
    },
    crash: () => stack.restart('crash'),
  };
}

/** Waits for the end of a run. */
export async function finished(database: TestDatabase, runId: string): Promise<Run> {
  const ended = async () => {
    const [run] = await database.query<Run>(
      'select id, counts, error from public.sms_runs where id = $1 and finished_at is not null',
      [runId],
    );
    return run;
  };
  await expect.poll(ended, { timeout: RUN_TIMEOUT_MS, interval: 20 }).toBeDefined();
  const run = await ended();
  if (run === undefined) throw new Error('the run is gone');
  return run;
}

/** A time from now, for a run that comes later. */
export function minutesFromNow(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

/**
 * The instant of a time of day, such as `12:00`, tomorrow in Warsaw.
 */
export function tomorrowAt(clock: string): string {
  const tomorrow = addDays(civilDateAt(new Date(), WARSAW), 1);
  return instantAt(`${tomorrow}T${clock}`, WARSAW).toISOString();
}

const WARSAW = 'Europe/Warsaw';

/** Settings with which the reminder of an appointment tomorrow is due at any time of day. */
export const DUE_AT_ONCE: Settings = {
  mode: 'hours_before',
  hours_before: 168,
  quiet_from: '00:00',
  quiet_to: '00:00',
  min_lead: '0 hours',
  delay_after_booking: '0 minutes',
};

/** A salon whose clients have one appointment each tomorrow. */
export type DueReminders = { salonId: string; clients: RemindedClient[]; appointmentIds: string[] };

/** Creates due reminders; the phone numbers count up from 600100000. */
export async function createDueReminders(
  database: TestDatabase,
  count = 1,
  settings: Settings = {},
): Promise<DueReminders> {
  const salon = await createRemindingSalon(database, { ...DUE_AT_ONCE, ...settings });
  const start = tomorrowAt('12:00');
  const clients: RemindedClient[] = [];
  const appointmentIds: string[] = [];
  for (let i = 0; i < count; i++) {
    const phone = String(600_100_000 + i);
    const client = await createRemindedClient(database, salon.id, { phone });
    clients.push(client);
    appointmentIds.push(
      await createAppointment(database, salon.id, { client, pet: 'Reksio', start }),
    );
  }
  return { salonId: salon.id, clients, appointmentIds };
}

/** A message as the tests read it. */
export type SmsRow = {
  id: string;
  status: string;
  reason: string | null;
  error_code: string | null;
  attempts: number;
  provider_message_id: string | null;
  phone: string | null;
  body: string | null;
  lease_token: string | null;
};

/** All messages in the order of their phone numbers. */
export async function readMessages(database: TestDatabase): Promise<SmsRow[]> {
  return await database.query<SmsRow>(
    `select m.id, m.status, m.reason, m.error_code, m.attempts, m.provider_message_id, m.phone,
       m.body, m.lease_token
     from public.sms_messages m order by m.phone_number, m.id`,
  );
}

/** How many messages have each status. */
export async function countByStatus(database: TestDatabase): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of await readMessages(database)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The first message; throws if there is none. */
export async function readMessage(database: TestDatabase): Promise<SmsRow> {
  const [message] = await readMessages(database);
  if (message === undefined) throw new Error('no message');
  return message;
}
