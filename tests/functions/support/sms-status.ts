import { createHmac } from 'node:crypto';
import { createRemindingSalon } from '../../database/support/reminders.ts';
import type { TestDatabase } from '../../support/database.ts';
import { type Env, type FunctionStack, startFunctionStack } from './function-stack.ts';

export const SMSAPI_SECRET = 'a-secret-of-some-length';
export const TWILIO_TOKEN = 'a-token-of-twilio';

/** The address of the function that Twilio uses. */
export const PUBLIC_URL = 'https://salon.example/functions/v1/sms-status';

/** An answer of the function. */
export type Reply = { status: number; headers: Headers; text: string };

/** How a request differs from one that Twilio itself would send. */
export type Forgery = { signature?: string | null; signedUrl?: string; token?: string };

/** `sms-status` in its own process, on a database of its own. */
export type SmsStatus = Omit<FunctionStack, 'request' | 'fetch' | 'restart'> & {
  /** Sends any request to a path of the function. */
  request(path: string, init?: RequestInit): Promise<Reply>;
  /** Reports as SMSAPI does. */
  report(query: Record<string, string>): Promise<Reply>;
  /** Posts as Twilio does, to an address with this query. */
  post(form: Record<string, string>, query?: string, forgery?: Forgery): Promise<Reply>;
};

/** Starts the function with both providers configured, unless `env` says otherwise. */
export async function startStatus(env: Env = {}): Promise<SmsStatus> {
  const stack = await startFunctionStack('sms-status', {
    SMSAPI_CALLBACK_SECRET: SMSAPI_SECRET,
    TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
    SMS_CALLBACK_PUBLIC_URL: PUBLIC_URL,
    ...env,
  });
  const request = async (path: string, init: RequestInit = {}): Promise<Reply> => {
    const response = await stack.fetch(path, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    ...stack,
    request,
    report: (query) => request(`/smsapi/${SMSAPI_SECRET}?${new URLSearchParams(query)}`),
    post: (form, query = '', forgery = {}) => {
      const { signedUrl = `${PUBLIC_URL}/twilio${query}`, token = TWILIO_TOKEN } = forgery;
      const { signature = signForm(signedUrl, form, token) } = forgery;
      return request(`/twilio${query}`, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: signature === null ? {} : { 'x-twilio-signature': signature },
      });
    },
  };
}

/** Signs as twilio.com/docs/usage/security describes. */
function signForm(url: string, form: Record<string, string>, token: string): string {
  const parameters = Object.keys(form).sort().map((name) => name + form[name]).join('');
  return createHmac('sha1', token).update(url + parameters).digest('base64');
}

/** The delivery status of a message. */
export type DeliveryStatus = {
  status: string;
  providerStatus: string | null;
  code: string | null;
  providerMessageId: string | null;
};

/** Inserts a message that a provider accepted as `providerMessageId`; returns its id. */
export async function createSentMessage(
  database: TestDatabase,
  provider: 'smsapi' | 'twilio',
  providerMessageId: string | null,
  phone = '+48600100200',
): Promise<string> {
  const salon = await createRemindingSalon(database);
  const [row] = await database.query<{ id: string }>(
    `insert into public.sms_messages (salon_id, local_date, phone_number, phone, body, encoding,
       segments, provider, status, attempts, next_attempt_at, not_after, dispatch_started_at,
       provider_message_id, sent_at)
     values ($1, current_date + 1, $2, $2, 'Wizyta jutro o 14:00', 'GSM-7', 1, $3, 'sent', 1, now(),
       now() + interval '20 hours', now(), $4, now())
     returning id`,
    [salon.id, phone, provider, providerMessageId],
  );
  return row?.id ?? '';
}

/** Reads the delivery status of a message. */
export async function readDeliveryStatus(
  database: TestDatabase,
  id: string,
): Promise<DeliveryStatus | undefined> {
  const [status] = await database.query<DeliveryStatus>(
    `select status, provider_status as "providerStatus", error_code as code,
       provider_message_id as "providerMessageId"
     from public.sms_messages where id = $1`,
    [id],
  );
  return status;
}
