import type { Environment } from '../_shared/supabase-project.ts';
import { createVariables, type Variables } from '../_shared/variables.ts';
import { type ProviderSettings, readProviderSettings } from './provider-settings.ts';

/** Whom to send through, and how fast. */
export type Settings = {
  provider: ProviderSettings;
  /** How long a gateway may take to answer. */
  requestTimeoutMs: number;
  /** How long a run goes on claiming messages. */
  runBudgetMs: number;
  /** How many messages a run claims at most, rounded up to whole batches. */
  runLimit: number;
  concurrency: number;
  batch: number;
  leaseSeconds: number;
  /** What becomes of a message of which nobody can say whether it was sent. */
  onAmbiguous: 'hold' | 'resend';
  /** Countries whose mobiles get messages, as two capital letters. */
  countries: readonly string[];
  /** Whether a caller may set the clock. */
  allowFakeClock: boolean;
};

/** What the function needs from its environment, or the variable that is missing or unusable. */
export type Configuration = { ok: true; settings: Settings } | { ok: false; variable: string };

/** What is left of a lease after the slowest request, for the database to note its outcome. */
const LEASE_MARGIN_MS = 10_000;

/** What is for tests and rehearsals must not reach somebody's clients, nor their names a log. */
const HOSTED = /^https:\/\/[a-z0-9]+\.supabase\.(co|in|red)(\/|$)/;

const COUNTRIES_PATTERN = /^[A-Z]{2}(,[A-Z]{2})*$/;

/** Reads the environment. */
export function readConfiguration(env: Environment): Configuration {
  const variables = createVariables(env);
  const provider = readProviderSettings(variables);
  const settings = { ...readPace(variables), ...readRules(variables) };
  if (HOSTED.test(env('SUPABASE_URL') ?? '')) {
    if (provider?.name === 'log') variables.reject('SMS_PROVIDER');
    if (settings.allowFakeClock) variables.reject('SMS_ALLOW_FAKE_CLOCK');
  }
  const variable = variables.wrong();
  return provider === null || variable !== null
    ? { ok: false, variable: variable ?? 'SMS_PROVIDER' }
    : { ok: true, settings: { provider, ...settings } };
}

function readPace(variables: Variables) {
  const requestTimeoutMs = variables.whole('SMS_REQUEST_TIMEOUT_MS', 10_000, 60_000);
  const leaseSeconds = variables.whole('SMS_LEASE_SECONDS', 60, 3600);
  const concurrency = variables.whole('SMS_CONCURRENCY', 5, 25);
  const batch = variables.whole('SMS_BATCH', 25, 100);
  const usableLeaseMs = leaseSeconds * 1000 - LEASE_MARGIN_MS;
  // Otherwise a message would be up for sending again while it is being sent.
  if (usableLeaseMs <= requestTimeoutMs) variables.reject('SMS_LEASE_SECONDS');
  return {
    requestTimeoutMs,
    leaseSeconds,
    concurrency,
    // For the same reason: what the lease has room for when the gateway is as slow as it may be.
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
    allowFakeClock: variables.oneOf('SMS_ALLOW_FAKE_CLOCK', ['true', 'false'], 'false') === 'true',
  };
}
