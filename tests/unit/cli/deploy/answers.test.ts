import { expect, test } from 'vitest';
import { gatherAnswers } from '../../../../cli/deploy/answers.ts';
import { readOptions } from '../../../../cli/deploy/options.ts';
import type { Situation } from '../../../../cli/deploy/situation.ts';
import type { Terminal } from '../../../../cli/deploy/terminal.ts';

const NEW_PROJECT: Situation = {
  isPreview: false,
  applied: [],
  pending: [],
  salons: [],
  hasApiKey: false,
  secrets: new Set(),
  auth: { signUpIsOff: false, siteUrl: null, confirmsEmail: true },
};
const RUNNING: Situation = {
  ...NEW_PROJECT,
  salons: [{ id: '1', name: 'Psi Styl', username: 'psi-styl' }],
  hasApiKey: true,
  secrets: new Set(['SMS_PROVIDER']),
  auth: { signUpIsOff: true, siteUrl: 'https://panel.example', confirmsEmail: true },
};

/** Answers the questions in this order, and remembers them. */
function somebody(...answers: string[]): { terminal: Terminal; asked: string[] } {
  const asked: string[] = [];
  const answer = (question: string, fallback = '') => {
    asked.push(question);
    return Promise.resolve(answers.shift() || fallback);
  };
  return {
    asked,
    terminal: {
      canAsk: true,
      ask: answer,
      askSecret: answer,
      confirm: () => Promise.resolve(true),
      say: () => {},
    },
  };
}

const options = (...args: string[]) =>
  readOptions(['--project-ref', 'abcdefghijklmnopqrst', ...args]);

test('on a new project everything is asked for', async () => {
  const { terminal, asked } = somebody(
    ...['smsapi', 'token', 'Psi Styl', 'hania@salon.example', '', 'psi-styl', '', 'cal_key'],
    'https://panel.example',
  );
  expect(await gatherAnswers(options(), NEW_PROJECT, terminal, {})).toEqual({
    env: { SMS_PROVIDER: 'smsapi', SMSAPI_TOKEN: 'token', CALCOM_API_KEY: 'cal_key' },
    newSalon: {
      name: 'Psi Styl',
      ownerEmail: 'hania@salon.example',
      ownerPassword: null,
      username: 'psi-styl',
      timezone: 'Europe/Warsaw',
    },
    hostUsername: null,
    siteUrl: 'https://panel.example',
  });
  expect(asked).toHaveLength(9);
});

test('on a running project nothing is asked for', async () => {
  const { terminal, asked } = somebody();
  expect(await gatherAnswers(options(), RUNNING, terminal, {}))
    .toEqual({ env: {}, newSalon: null, hostUsername: null, siteUrl: null });
  expect(asked).toEqual([]);
});

test('an API key that a stopped deployment did not store is asked for again', async () => {
  const { terminal, asked } = somebody('cal_key');
  const { env } = await gatherAnswers(options(), { ...RUNNING, hasApiKey: false }, terminal, {});
  expect(env).toEqual({ CALCOM_API_KEY: 'cal_key' });
  expect(asked).toEqual([expect.stringMatching(/^Cal\.com API key of the salon/)]);
});

test('the only salon of a BarkBook project gets its username and its key', async () => {
  const { terminal, asked } = somebody('psi-styl', 'cal_key');
  const salons = [{ id: '1', name: 'Psi Styl', username: null }];
  const barkbook = { ...RUNNING, salons, hasApiKey: false };
  expect(await gatherAnswers(options(), barkbook, terminal, {}))
    .toMatchObject({ env: { CALCOM_API_KEY: 'cal_key' }, hostUsername: 'psi-styl' });
  expect(asked).toHaveLength(2);
});

test('a preview is asked for no API key', async () => {
  const { terminal, asked } = somebody();
  const preview = { ...RUNNING, hasApiKey: false, isPreview: true };
  await gatherAnswers(options(), preview, terminal, {});
  expect(asked).toEqual([]);
});

test('what the command line and the environment say is not asked for', async () => {
  const { terminal, asked } = somebody();
  const given = options(
    ...['--sms-provider', 'twilio', '--salon-name', 'A', '--owner-email', 'a@b.example'],
    ...['--cal-username', 'a', '--timezone', 'Europe/Kyiv', '--site-url', 'https://panel.example'],
  );
  const env = {
    ...{ TWILIO_ACCOUNT_SID: 'AC', TWILIO_AUTH_TOKEN: 't', TWILIO_FROM: '+48' },
    CALCOM_API_KEY: 'cal_key',
    OWNER_PASSWORD: 'zapach psa',
  };
  await gatherAnswers(given, NEW_PROJECT, terminal, env);
  expect(asked).toEqual([]);
});

test('a provider that sends nothing is refused', async () => {
  const { terminal } = somebody();
  await expect(gatherAnswers(options('--sms-provider', 'log'), NEW_PROJECT, terminal, {}))
    .rejects.toThrow('SMS_PROVIDER log sends nothing: write smsapi or twilio');
});

test('--without-sms leaves out the provider of the environment', async () => {
  const { terminal } = somebody();
  const { env } = await gatherAnswers(options('--without-sms'), RUNNING, terminal, {
    SMS_PROVIDER: 'smsapi',
  });
  expect(env).toEqual({});
});

test('what a person leaves empty is named', async () => {
  const { terminal } = somebody('smsapi', '');
  await expect(gatherAnswers(options('--without-salon'), NEW_PROJECT, terminal, {}))
    .rejects.toThrow('missing: SMSAPI_TOKEN in the environment');
});
