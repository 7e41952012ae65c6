import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readVariable } from '../command/options.ts';
import type { Options } from './options.ts';
import { readProvider } from './provider-answers.ts';
import { createQuestions, type Questions } from './questions.ts';
import type { Situation } from './situation.ts';
import type { Terminal } from './terminal.ts';

/** The first salon of a project, and who owns it. */
export type NewSalon = {
  name: string;
  ownerEmail: string;
  /** For the owner's first sign-in; null invites them by e-mail. */
  ownerPassword: string | null;
  username: string;
  timezone: string;
};

/** Everything that the operator decides. */
export type Answers = {
  /** Secrets and settings that were typed in or found in the environment, by variable. */
  env: NodeJS.ProcessEnv;
  /** Null if there are salons already, or there shall be none. */
  newSalon: NewSalon | null;
  /** The Cal.com username of the only salon, if it lacks one; null leaves it as it is. */
  hostUsername: string | null;
  /** Null keeps what Auth has. */
  siteUrl: string | null;
};

const DEFAULT_TIME_ZONE = 'Europe/Warsaw';

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
  const questions = createQuestions(terminal, options.yes);
  const env = { ...shell };
  await readProvider(options, situation, env, questions);
  const newSalon = await readSalon(options, situation, env, questions);
  const hostUsername = await readHost(options, situation, questions);
  if (newSalon !== null || hostUsername !== null || lacksApiKey(situation)) {
    await readApiKey(env, questions);
  }
  const siteUrl = await readSiteUrl(options, situation, questions);
  const mayDeploy = options.yes || terminal.canAsk;
  if (questions.missing.length === 0 && mayDeploy) return { env, newSalon, hostUsername, siteUrl };
  throw new SetupProblem(
    [
      questions.missing.length === 0 ? [] : `missing: ${questions.missing.join(', ')}`,
      mayDeploy ? [] : 'nobody can be asked here: add --yes to deploy anyway',
    ].flat().join('; '),
  );
}

async function readSalon(
  options: Options,
  { salons, isPreview }: Situation,
  env: NodeJS.ProcessEnv,
  { require, offer, offerSecret }: Questions,
): Promise<NewSalon | null> {
  if (salons.length > 0 || options.withoutSalon || isPreview) return null;
  return {
    name: await require(options.salonName, {
      question: 'Name of the salon',
      missing: '--salon-name (or --without-salon)',
    }),
    ownerEmail: await require(options.ownerEmail, {
      question: 'E-mail address of its owner',
      missing: '--owner-email',
    }),
    ownerPassword: await offerSecret(
      readVariable('OWNER_PASSWORD', env),
      'Password for the first sign-in of the owner; empty to invite by e-mail',
    ) || null,
    username: await require(options.calUsername, {
      question: 'Its Cal.com username',
      missing: '--cal-username',
    }),
    timezone: await offer(options.timezone, 'Its time zone', DEFAULT_TIME_ZONE),
  };
}

/** The only salon of a BarkBook project may still lack the username that finds its deliveries. */
async function readHost(
  { calUsername }: Options,
  { salons, isPreview }: Situation,
  { offer }: Questions,
): Promise<string | null> {
  const [only, ...more] = salons;
  if (only === undefined || more.length > 0 || only.username !== null || isPreview) return null;
  const question = `Cal.com username of ${only.name}; empty if it is not known yet`;
  return await offer(calUsername, question, '') || null;
}

/** Also after a deployment that was stopped before it had stored the answer. */
function lacksApiKey({ salons, hasApiKey, isPreview }: Situation): boolean {
  return salons.some(({ username }) => username !== null) && !hasApiKey && !isPreview;
}

async function readApiKey(env: NodeJS.ProcessEnv, { offerSecret }: Questions): Promise<void> {
  const key = await offerSecret(
    readVariable('CALCOM_API_KEY', env),
    'Cal.com API key of the salon, from https://app.cal.com/settings/developer/api-keys; empty to do without',
  );
  if (key !== '') env.CALCOM_API_KEY = key;
}

async function readSiteUrl(
  { siteUrl }: Options,
  { auth }: Situation,
  { offer }: Questions,
): Promise<string | null> {
  if (siteUrl !== undefined) return siteUrl;
  if (auth === null || auth.siteUrl !== null) return null;
  return await offer(undefined, 'Address of the dashboard; empty if it is not known yet', '') ||
    null;
}
