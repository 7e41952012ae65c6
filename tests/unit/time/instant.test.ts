import { expect, test } from 'vitest';
import { readInstant, toInstant } from '../../../shared/time/instant.ts';

test.each([
  ['2026-11-24T08:00:00Z', '2026-11-24T08:00:00.000Z'],
  ['2026-11-24T08:00:00.125Z', '2026-11-24T08:00:00.125Z'],
  ['2026-11-24T10:00:00+02:00', '2026-11-24T08:00:00.000Z'],
  ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ['2999-12-31T23:59:59.999Z', '2999-12-31T23:59:59.999Z'],
])('%s is %s', (text, instant) => {
  expect(readInstant(text)).toBe(instant);
  expect(toInstant(Date.parse(text))).toBe(instant);
});

test.each([
  ['without a zone', '2026-11-24T08:00:00'],
  ['before 1970', '1969-12-31T23:59:59.999Z'],
  ['after 2999', '3000-01-01T00:00:00Z'],
  ['without a time', '2026-11-24'],
  ['of a date that does not exist', '2026-13-24T08:00:00Z'],
  ['with something around it', ' 2026-11-24T08:00:00Z'],
  ['that is no text', 1_790_000_000_000],
  ['that is a list of one', ['2026-11-24T08:00:00Z']],
  ['that is missing', undefined],
])('a time %s is none', (_what, value) => {
  expect(readInstant(value)).toBeNull();
});

test('no number is no time', () => {
  expect(toInstant(NaN)).toBeNull();
});
