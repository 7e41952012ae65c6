import { randomBytes } from 'node:crypto';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { MIN_SECRET_CHARACTERS, parseSecrets } from '../../shared/calcom/signature.ts';
import { readConfiguration } from '../../supabase/functions/sms-reminders/configuration.ts';
import { readVariable } from '../command/options.ts';
import { FUNCTION_SECRETS } from '../target/function-secret-names.ts';
import type { Situation } from './situation.ts';

/** The secrets that this deployment sets. */
export type NewSecrets = {
  values: Record<string, string>;
  /** A shared webhook secret that was made here: nobody can read it later. */
  madeWebhookSecret: string | null;
};

/** Not passed on from the environment: the one is set by a rule of its own, the other is for tests. */
const NOT_PASSED_ON: readonly string[] = ['CALCOM_WEBHOOK_SECRET', 'SMS_ALLOW_FAKE_CLOCK'];
const PASSED_ON = FUNCTION_SECRETS.filter((name) => !NOT_PASSED_ON.includes(name));
const OF_REMINDERS = /^(SMS|SMSAPI|TWILIO)_/;

const WEBHOOK_SECRET = 'CALCOM_WEBHOOK_SECRET';
const SECRET_BYTES = 32;

/** Stands for a secret of the project while the rest is checked: its value cannot be read. */
const KEPT = 'kept-as-it-is-in-the-project';

/**
 * Decides which secrets to set: those of the environment, and those that are missing and can be
 * made. What the project has besides stays. Throws a SetupProblem for a value that the functions
 * would refuse.
 *
 * @param siteUrl Where the dashboard is, with the client's page below it; null if that is unknown.
 */
export function planSecrets(
  env: NodeJS.ProcessEnv,
  { secrets, isPreview }: Pick<Situation, 'secrets' | 'isPreview'>,
  functionsUrl: string,
  siteUrl: string | null,
): NewSecrets {
  const names = PASSED_ON.filter((name) => !(isPreview && OF_REMINDERS.test(name)));
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = readVariable(name, env);
    if (value !== null) values[name] = value;
  }
  const madeWebhookSecret = addWebhookSecret(values, env, secrets);
  const isSet = (name: string) => name in values || secrets.has(name);
  if (!isPreview && isSet('SMS_PROVIDER')) {
    if (!isSet('SMS_CALLBACK_PUBLIC_URL')) {
      values.SMS_CALLBACK_PUBLIC_URL = `${functionsUrl}/sms-status`;
    }
    if (!isSet('SMSAPI_CALLBACK_SECRET')) values.SMSAPI_CALLBACK_SECRET = randomSecret();
    if (!isSet('SMS_LINK_URL') && siteUrl !== null) {
      values.SMS_LINK_URL = `${siteUrl.replace(/\/+$/, '')}/c/`;
    }
    checkReminders(values, secrets);
  }
  return { values, madeWebhookSecret };
}

function addWebhookSecret(
  values: Record<string, string>,
  env: NodeJS.ProcessEnv,
  secrets: ReadonlySet<string>,
): string | null {
  const given = readVariable(WEBHOOK_SECRET, env);
  if (given === null && secrets.has(WEBHOOK_SECRET)) return null;
  const value = given ?? randomSecret();
  if (parseSecrets(value).some((secret) => secret.length < MIN_SECRET_CHARACTERS)) {
    throw new SetupProblem(
      `${WEBHOOK_SECRET} is too short: the functions refuse secrets of less than ` +
        `${MIN_SECRET_CHARACTERS} characters. Unset it, and this command makes one`,
    );
  }
  values[WEBHOOK_SECRET] = value;
  return given === null ? value : null;
}

function randomSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/**
 * Reads the values as `sms-reminders` does. Which provider the project keeps cannot be read: then only
 * a value that is given can be wrong.
 */
function checkReminders(values: Record<string, string>, secrets: ReadonlySet<string>): void {
  const { SMS_PROVIDER: given } = values;
  const refused = (given === undefined ? ['smsapi', 'twilio'] : [given]).map((provider) => {
    const configured = readConfiguration((name) =>
      (name === 'SMS_PROVIDER' ? provider : values[name]) ??
        (OF_REMINDERS.test(name) && isText(name) && secrets.has(name) ? KEPT : undefined)
    );
    return configured.ok ? null : configured.variable;
  });
  if (refused.includes(null)) return;
  const variable = refused.find((name) => given !== undefined || (name !== null && name in values));
  if (!variable) return;
  throw new SetupProblem(
    `${variable} is missing or cannot be used: see docs/configuration.md`,
  );
}

/** Whether any text is allowed. */
function isText(name: string): boolean {
  return /(TOKEN|SECRET|SID|SENDER|FROM)$/.test(name);
}
