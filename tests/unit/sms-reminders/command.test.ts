import { expect, test } from 'vitest';
import { parseCommand } from '../../../supabase/functions/sms-reminders/command.ts';

const ID = '0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0';
const NORMAL = { dryRun: false, goOn: false, planAfter: null, at: null };

test.each([
  ['nothing', {}, {}],
  ['nothing, spelled out', NORMAL, {}],
  ['a preview', { dryRun: true }, { dryRun: true }],
  ['what is left', { goOn: true, planAfter: ID }, { goOn: true, planAfter: ID }],
])('a body can ask for %s', (_what, members, command) => {
  expect(parseCommand(members)).toEqual({ ...NORMAL, ...command });
});

test.each([
  ['2026-11-23T16:00Z', '2026-11-23T16:00:00.000Z'],
  ['2026-11-23T16:00:05Z', '2026-11-23T16:00:05.000Z'],
  ['2026-11-23T16:00:05.5Z', '2026-11-23T16:00:05.500Z'],
  ['2026-11-23T16:00:05.125Z', '2026-11-23T16:00:05.125Z'],
  ['2026-11-23T17:00+01:00', '2026-11-23T16:00:00.000Z'],
  ['2026-11-23T11:00-0500', '2026-11-23T16:00:00.000Z'],
])('a body can ask for the time %s', (at, instant) => {
  expect(parseCommand({ at })?.at?.toISOString()).toBe(instant);
});

test.each([
  { dryRun: 'yes' },
  { dryRun: null },
  { goOn: 1 },
  { goOn: null },
  { planAfter: 7 },
  { planAfter: 'psi-styl' },
  { planAfter: ID.toUpperCase() },
  ...[
    ...['2026-11-23T16:00', '2026-11-23', '2026-11-23T16Z', '2026-11-23T16:00:0Z', 'now', 7, ''],
    ...[' 2026-11-23T16:00Z', '2026-11-23T16:00Z ', '2026-13-23T16:00Z', '2026-11-23 16:00Z'],
    ...['2026-11-23T16:00:05.Z', '2026-11-23T16:00+1:00', '2026-11-23T16:00+01:000'],
  ].map((at) => ({ at })),
])('%j is refused', (members) => {
  expect(parseCommand(members)).toBeNull();
});
