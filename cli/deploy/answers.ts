import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readVariable } from '../command/options.ts';
import type { Options } from './options.ts';
import type { Situation } from './situation.ts';
import type { Terminal } from './terminal.ts';

/** The first salon of a project, and who owns it. */
export type NewSalon = { name: string; ownerEmail: string; username: string; timezone: string };

/** Everything that the operator decides. */
export type Answers = {
  /** Secrets and settings that were typed in or found in the environment, by variable. */
  env: NodeJS.ProcessEnv;
  /** Null if there are salons already, or there shall be none. */
  newSalon: NewSalon | null;
  /** Null keeps what Auth has. */
  siteUrl: string | null;
};

const DEFAULT_TIME_ZONE = 'Europe/Warsaw';
const PROVIDERS = ['smsapi', 'twilio'];

/** What each provider needs, and what it is called where the operator finds it. */
const CREDENTIALS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  smsapi: [['SMSAPI_TOKEN', 'SMSAPI OAuth token']],
  twilio: [
    ['TWILIO_ACCOUNT_SID', 'Twilio account SID'],
    ['TWILIO_AUTH_TOKEN', 'Twilio auth token'],
    ['TWILIO_MESSAGING_SERVICE_SID', 'Twilio messaging service SID'],
  ],
};
/** Instead of a messaging service. */
const TWILIO_FROM = 'TWILIO_FROM';

/**
 * Gathers what the deployment needs: from the command line and the environment, else by asking.
 * Throws a SetupProblem that lists everything that is missing if nobody can answer.
 */
export async function gatherAnswers(
  options: Options,
  situation: Situation,
  terminal: Terminal,
  shell: NodeJS.ProcessEnv,
): Promise<Answers> {
  const mayAsk = terminal.canAsk && !options.yes;
  const missing: string[] = [];
  const required = async (given: string | null, what: string, question: () => Promise<string>) => {
    const answer = given ?? (mayAsk ? await question() : '');
    if (answer === '') missing.push(what);
    return answer;
  };
  const env = { ...shell };
  await readProvider();
  const answers = { env, newSalon: await readSalon(), siteUrl: await readSiteUrl() };
  if (missing.length === 0 && (options.yes || terminal.canAsk)) return answers;
  throw new SetupProblem(
    [
      missing.length === 0 ? [] : `missing: ${missing.join(', ')}`,
      options.yes || terminal.canAsk ? [] : 'nobody can be asked here: add --yes to deploy anyway',
    ].flat().join('; '),
  );

  async function readProvider(): Promise<void> {
    if (options.smsProvider !== undefined) env.SMS_PROVIDER = options.smsProvider;
    const isDecided = options.withoutSms || situation.isPreview;
    const isKept = situation.secrets.has('SMS_PROVIDER') && !readVariable('SMS_PROVIDER', env);
    if (isDecided || isKept) return;
    const provider = await required(
      readVariable('SMS_PROVIDER', env),
      '--sms-provider smsapi or twilio (or --without-sms)',
      () => terminal.ask(`SMS provider: ${PROVIDERS.join(' or ')}`),
    );
    if (provider === '') return;
    if (!PROVIDERS.includes(provider)) {
      throw new SetupProblem(`SMS_PROVIDER ${provider} sends nothing: write smsapi or twilio`);
    }
    env.SMS_PROVIDER = provider;
    for (const [name, what] of CREDENTIALS[provider] ?? []) await readCredential(name, what);
  }

  async function readCredential(name: string, what: string): Promise<void> {
    const names = name === 'TWILIO_MESSAGING_SERVICE_SID' ? [name, TWILIO_FROM] : [name];
    if (names.some((known) => readVariable(known, env) || situation.secrets.has(known))) return;
    env[name] = await required(
      null,
      `${names.join(' or ')} in the environment`,
      () => terminal.askSecret(what),
    );
  }

  async function readSalon(): Promise<NewSalon | null> {
    if (situation.salons.length > 0 || options.withoutSalon || situation.isPreview) return null;
    const { salonName = null, ownerEmail = null, calUsername = null, timezone = null } = options;
    const salon = {
      name: await required(
        salonName,
        '--salon-name (or --without-salon)',
        () => terminal.ask('Name of the salon'),
      ),
      ownerEmail: await required(
        ownerEmail,
        '--owner-email',
        () => terminal.ask('E-mail address of its owner, who gets an invitation'),
      ),
      username: await required(
        calUsername,
        '--cal-username',
        () => terminal.ask('Its Cal.com username'),
      ),
      timezone: timezone ??
        (mayAsk ? await terminal.ask('Its time zone', DEFAULT_TIME_ZONE) : DEFAULT_TIME_ZONE),
    };
    if (mayAsk && readVariable('CALCOM_API_KEY', env) === null) {
      env.CALCOM_API_KEY = await terminal.askSecret(
        'Its Cal.com API key, from https://app.cal.com/settings/developer/api-keys; empty to do ' +
          'without',
      );
    }
    return salon;
  }

  async function readSiteUrl(): Promise<string | null> {
    if (options.siteUrl !== undefined) return options.siteUrl;
    if (!mayAsk || situation.auth === null || situation.auth.siteUrl !== null) return null;
    return await terminal.ask('Address of the dashboard, if it is known; empty for later') || null;
  }
}
