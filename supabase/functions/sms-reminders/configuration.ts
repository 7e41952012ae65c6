import type { Enums } from '../../../shared/database.types.ts';
import type { RunLimits } from '../_shared/scheduled-function.ts';
import {
  type Configured,
  createVariables,
  type Environment,
  type Variables,
} from '../_shared/variables.ts';
import { type ProviderSettings, readProviderSettings } from './providers/settings.ts';

/** Which provider to send with, and how fast. */
export type Settings = RunLimits & {
  provider: ProviderSettings;
  /** How long a provider may take to answer. */
  requestTimeoutMs: number;
  batch: number;
  leaseSeconds: number;
  /** What happens to a message when it is unknown whether it was sent. */
  onAmbiguous: Enums<'sms_ambiguity_policy'>;
  /** Countries whose mobiles get messages, as two capital letters. */
  countries: readonly string[];
  /** The client's page, such as `https://salon.example/c/`; null if there is none. */
  linkUrl: string | null;
  /** Whether a caller may set the clock. */
  allowFakeClock: boolean;
};

/** Time left of a lease after the slowest request, for the database to store its outcome. */
const LEASE_MARGIN_MS = 10_000;

/** Hosted projects have real clients: settings for tests must not reach them or log their names. */
const HOSTED = /^https:\/\/[a-z0-9]+\.supabase\.(co|in|red)(\/|$)/;

const COUNTRIES_PATTERN = /^[A-Z]{2}(,[A-Z]{2})*$/;

/** Reads the environment. */
export function readConfiguration(env: Environment): Configured<Settings> {
  const variables = createVariables(env);
  const provider = readProviderSettings(variables);
  const settings = { ...readPace(variables), ...readRules(variables) };
  if (HOSTED.test(env('SUPABASE_URL') ?? '')) {
    if (provider?.name === 'log') variables.reject('SMS_PROVIDER');
    if (settings.allowFakeClock) variables.reject('SMS_ALLOW_FAKE_CLOCK');
    if (settings.linkUrl?.startsWith('http:')) variables.reject('SMS_LINK_URL');
  }
  return provider === null
    ? { ok: false, variable: 'SMS_PROVIDER' }
    : variables.judge({ provider, ...settings });
}

function readPace(variables: Variables) {
  const requestTimeoutMs = variables.whole('SMS_REQUEST_TIMEOUT_MS', 10_000, 60_000);
  const leaseSeconds = variables.whole('SMS_LEASE_SECONDS', 60, 3600);
  const concurrency = variables.whole('SMS_CONCURRENCY', 5, 25);
  const batch = variables.whole('SMS_BATCH', 25, 100);
  const usableLeaseMs = leaseSeconds * 1000 - LEASE_MARGIN_MS;
  // Otherwise a message could be claimed again while it is being sent.
  if (usableLeaseMs <= requestTimeoutMs) variables.reject('SMS_LEASE_SECONDS');
  return {
    requestTimeoutMs,
    leaseSeconds,
    concurrency,
    // For the same reason: what the lease has room for when the provider is as slow as it may be.
    batch: Math.min(batch, concurrency * Math.floor(usableLeaseMs / requestTimeoutMs)),
    runBudgetMs: variables.whole('SMS_RUN_BUDGET_MS', 60_000, 300_000),
    runLimit: variables.whole('SMS_RUN_LIMIT', 250, 10_000),
  };
}

function readRules(variables: Variables) {
  const countries = variables.optional('SMS_ALLOWED_COUNTRIES') ?? 'PL,UA,CZ,SK,DE,GB';
  const list = countries.replaceAll(' ', '').toUpperCase();
  if (!COUNTRIES_PATTERN.test(list)) variables.reject('SMS_ALLOWED_COUNTRIES');
  return {
    countries: list.split(','),
    onAmbiguous: variables.oneOf('SMS_ON_AMBIGUOUS', ['hold', 'resend'], 'hold') ?? 'hold',
    linkUrl: readLinkUrl(variables),
    allowFakeClock: variables.oneOf('SMS_ALLOW_FAKE_CLOCK', ['true', 'false'], 'false') === 'true',
  };
}

/** The address with a slash at its end, as a browser writes it: an SMS in GSM-7 holds no other letters. */
function readLinkUrl(variables: Variables): string | null {
  const given = variables.optionalUrl('SMS_LINK_URL');
  if (given === null) return null;
  if (URL.canParse(given)) return `${new URL(given).href.replace(/\/+$/, '')}/`;
  variables.reject('SMS_LINK_URL');
  return null;
}
