import { expect, test } from 'vitest';
import { parseCommand } from '../../../supabase/functions/calcom-sync/command.ts';

const ID = '0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0';
const sync = { kind: 'sync', only: null, wait: false };

test.each([
  ['nothing', {}, sync],
  ['nothing, spelled out', { salonId: null, from: null, wait: false, reparse: false }, sync],
  ['one salon', { salonId: ID }, { ...sync, only: { salonId: ID, from: null } }],
  [
    'one salon in upper case',
    { salonId: ID.toUpperCase() },
    { ...sync, only: { salonId: ID.toUpperCase(), from: null } },
  ],
  [
    'one salon from a day on, waiting for the end',
    { salonId: ID, from: '2026-01-01T00:00:00+01:00', wait: true },
    { kind: 'sync', only: { salonId: ID, from: '2025-12-31T23:00:00.000Z' }, wait: true },
  ],
  ['a new reading', { reparse: true }, { kind: 'reparse' }],
  ['a new reading, waiting for its end', { reparse: true, wait: true }, { kind: 'reparse' }],
])('a body can ask for %s', (_what, members, command) => {
  expect(parseCommand(members)).toEqual(command);
});

test.each([
  { wait: 'yes' },
  { wait: null },
  { reparse: 1 },
  { reparse: null },
  { reparse: true, salonId: ID },
  { reparse: true, from: '2026-01-01T00:00:00Z' },
  { wait: true },
  { from: '2026-01-01T00:00:00Z' },
  { salonId: 7 },
  { salonId: 'psi-styl' },
  { salonId: '' },
  { salonId: ID, from: '2026-01-01' },
  { salonId: ID, from: 7 },
])('%j is refused', (members) => {
  expect(parseCommand(members)).toBeNull();
});
