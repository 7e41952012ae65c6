import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readVariable } from '../command/options.ts';
import type { Options } from './options.ts';
import type { Questions } from './questions.ts';
import type { Situation } from './situation.ts';

/** A variable that a provider needs, or several of which one is enough; the first is asked for. */
type Credential = { names: readonly [string, ...string[]]; called: string };

const CREDENTIALS: Readonly<Record<string, readonly Credential[]>> = {
  smsapi: [{ names: ['SMSAPI_TOKEN'], called: 'SMSAPI OAuth token' }],
  twilio: [
    { names: ['TWILIO_ACCOUNT_SID'], called: 'Twilio account SID' },
    { names: ['TWILIO_AUTH_TOKEN'], called: 'Twilio auth token' },
    {
      names: ['TWILIO_MESSAGING_SERVICE_SID', 'TWILIO_FROM'],
      called: 'Twilio messaging service SID',
    },
  ],
};

/** Completes the environment with the SMS provider and what it needs, unless the project has them. */
export async function readProvider(
  { smsProvider, withoutSms }: Options,
  { secrets, isPreview }: Pick<Situation, 'secrets' | 'isPreview'>,
  env: NodeJS.ProcessEnv,
  { require }: Questions,
): Promise<void> {
  if (withoutSms) delete env.SMS_PROVIDER;
  if (withoutSms || isPreview) return;
  const given = smsProvider ?? readVariable('SMS_PROVIDER', env);
  if (given === null && secrets.has('SMS_PROVIDER')) return;
  const provider = await require(given, {
    question: 'SMS provider: smsapi or twilio',
    missing: '--sms-provider smsapi or twilio (or --without-sms)',
  });
  if (provider === '') return;
  const credentials = CREDENTIALS[provider];
  if (credentials === undefined) {
    throw new SetupProblem(`SMS_PROVIDER ${provider} sends nothing: write smsapi or twilio`);
  }
  env.SMS_PROVIDER = provider;
  for (const { names, called } of credentials) {
    if (names.some((name) => readVariable(name, env) || secrets.has(name))) continue;
    env[names[0]] = await require(null, {
      question: called,
      missing: `${names.join(' or ')} in the environment`,
      secret: true,
    });
  }
}
