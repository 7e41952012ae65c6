import { expect, test } from 'vitest';
import { readFrom, readOptions } from '../../../cli/backfill/options.ts';

const ASKED = ['--salon', 'psi-styl', '--from', '2026-01-01'];

test('the key to Cal.com comes from the environment', () => {
  expect(readOptions(ASKED, { CALCOM_API_KEY: 'cal_env' })).toEqual({
    salon: 'psi-styl',
    from: '2026-01-01',
    apiKey: 'cal_env',
    url: null,
  });
});

test('a blank key counts as none: it must not replace the stored one', () => {
  expect(readOptions(ASKED, { CALCOM_API_KEY: ' ' })).toMatchObject({ apiKey: null });
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

test('an invalid day is refused with an example of a valid one', () => {
  expect(() => readFrom('monday', 'Europe/Warsaw'))
    .toThrow('--from monday is not a day: write 2026-01-01, or 2026-01-01T10:00Z');
});
