import { createLogProvider } from './log.ts';
import type { SmsProvider } from './provider.ts';
import { createSmsapiProvider } from './smsapi.ts';
import { createTwilioProvider } from './twilio.ts';
import {
  readCallbackUrl,
  readSmsapiSecret,
  smsapiAddress,
  twilioAddress,
} from '../../_shared/sms-callback.ts';
import type { Variables } from '../../_shared/variables.ts';

/** The provider to send through and what it asks for. */
export type ProviderSettings =
  | { name: 'log' }
  | {
    name: 'smsapi';
    token: string;
    baseUrl: string;
    sender: string | null;
    callbackUrl: string | null;
  }
  | {
    name: 'twilio';
    accountSid: string;
    authToken: string;
    from: string | null;
    messagingServiceSid: string | null;
    baseUrl: string;
    callbackUrl: string | null;
  };

/** Providers that send one SMS when they get the same id twice. */
export const IDEMPOTENT_PROVIDERS: readonly SmsProvider['name'][] = ['log', 'smsapi'];

/** What providers use from outside. */
export type Outside = {
  timeoutMs: number;
  fetch: typeof fetch;
  print: (line: string) => void;
};

/** Reads what the provider of `SMS_PROVIDER` needs; null when there is no such provider. */
export function readProviderSettings(variables: Variables): ProviderSettings | null {
  const name = variables.oneOf('SMS_PROVIDER', ['log', 'smsapi', 'twilio']);
  switch (name) {
    case 'smsapi':
      return readSmsapi(variables);
    case 'twilio':
      return readTwilio(variables);
    case 'log':
      return { name };
    case null:
      return null;
  }
}

/** Connects to the provider. */
export function createProvider(settings: ProviderSettings, outside: Outside): SmsProvider {
  const { timeoutMs, fetch, print } = outside;
  switch (settings.name) {
    case 'smsapi':
      return createSmsapiProvider({ ...settings, timeoutMs, fetch });
    case 'twilio':
      return createTwilioProvider({ ...settings, timeoutMs, fetch });
    case 'log':
      return createLogProvider({ print });
  }
}

function readSmsapi(variables: Variables): ProviderSettings {
  const publicUrl = readCallbackUrl(variables);
  return {
    name: 'smsapi',
    token: variables.text('SMSAPI_TOKEN'),
    baseUrl: variables.url('SMSAPI_BASE_URL', 'https://api.smsapi.pl'),
    sender: variables.optional('SMSAPI_SENDER'),
    callbackUrl: publicUrl === null ? null : smsapiAddress(publicUrl, readSmsapiSecret(variables)),
  };
}

function readTwilio(variables: Variables): ProviderSettings {
  const publicUrl = readCallbackUrl(variables);
  const messagingServiceSid = variables.optional('TWILIO_MESSAGING_SERVICE_SID');
  return {
    name: 'twilio',
    accountSid: variables.text('TWILIO_ACCOUNT_SID'),
    authToken: variables.text('TWILIO_AUTH_TOKEN'),
    from: messagingServiceSid === null ? variables.text('TWILIO_FROM') : null,
    messagingServiceSid,
    baseUrl: variables.url('TWILIO_API_BASE_URL', 'https://api.twilio.com'),
    callbackUrl: publicUrl === null ? null : twilioAddress(publicUrl),
  };
}
