import { expect, test } from 'vitest';
import { readFrom, readOptions } from '../../../local/backfill/options.ts';
import { findProject } from '../../../local/backfill/project.ts';

const ASKED = ['--salon', 'psi-styl', '--from', '2026-01-01'];

test('keys are in the environment', () => {
  const env = { CALCOM_API_KEY: 'cal_env', CRON_SECRET_KEY: 'sb_env' };
  expect(readOptions(ASKED, env)).toEqual({
    salon: 'psi-styl',
    from: '2026-01-01',
    apiKey: 'cal_env',
    url: null,
    key: 'sb_env',
  });
});

test('a blank key is none: it must not take the place of the one that is kept', () => {
  expect(readOptions(ASKED, { CALCOM_API_KEY: ' ', CRON_SECRET_KEY: '' }))
    .toMatchObject({ apiKey: null, key: null });
});

test.each([
  ['nothing', []],
  ['no day', ['--salon', 'psi-styl']],
  ['no salon', ['--from', '2026-01-01']],
  ['an unknown option', [...ASKED, '--since', '2026']],
  ['a key, which npm would print', [...ASKED, '--api-key', 'cal_typed']],
])('%s gets the usage', (_name, args) => {
  expect(() => readOptions(args, {})).toThrow(/^usage: npm run backfill -- --salon/);
});

test.each([
  ['2026-01-01', '2025-12-31T23:00:00.000Z'],
  ['2026-07-01T10:30', '2026-07-01T08:30:00.000Z'],
  ['2026-07-01T10:30Z', '2026-07-01T10:30:00.000Z'],
])('a day or time is that of the salon unless it names a zone: %s', (from, expected) => {
  expect(readFrom(from, 'Europe/Warsaw').toISOString()).toBe(expected);
});

test('what is no day is told how to write one', () => {
  expect(() => readFrom('monday', 'Europe/Warsaw'))
    .toThrow('--from monday is no day: write 2026-01-01, or 2026-01-01T10:00Z');
});

test.each([
  [['--url', 'x.supabase.co'], /^--url x\.supabase\.co is not an address$/],
  [['--url', 'https://x.supabase.co'], /^--url needs CRON_SECRET_KEY/],
])('a project that cannot be reached so is refused: %s', async (args, expected) => {
  await expect(findProject(readOptions([...ASKED, ...args], {}))).rejects.toThrow(expected);
});
