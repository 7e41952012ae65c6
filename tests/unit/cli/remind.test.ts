import { expect, test } from 'vitest';
import { describeNothingDue } from '../../../cli/remind/advice.ts';
import { formatCounts } from '../../../cli/remind/counts.ts';
import type { Message } from '../../../cli/remind/messages.ts';
import { readOptions } from '../../../cli/remind/options.ts';
import { formatMessages, formatPreviews } from '../../../cli/remind/report.ts';
import type { PreviewedReminder } from '../../../supabase/functions/sms-reminders/claimed-message.ts';
import { preview } from '../../../supabase/functions/sms-reminders/preview.ts';
import { noCounts } from '../../../supabase/functions/sms-reminders/counts.ts';

const SENT: Message = {
  kind: 'reminder',
  status: 'sent',
  reason: null,
  error_code: null,
  body: 'Przypomnienie: wizyta jutro.',
  phone: '+48501220314',
  phone_number: '+48 501 220 314',
  local_date: '2026-11-25',
  next_attempt_at: '2026-11-24T16:00:00+00:00',
  sent_at: '2026-11-24T16:15:00+00:00',
  final_at: null,
  salon: { name: 'Psi Styl', timezone: 'Europe/Warsaw' },
  client: { name: 'Zofia', surname: 'Kaczmarek' },
  appointments: [{ start_time: '2026-11-25T09:00:00+00:00' }],
};

test('a message has times in the salon’s zone, a masked phone and its text below', () => {
  expect(formatMessages([SENT])).toBe(
    `salon     client           phone        kind      appointment       status  when
Psi Styl  Zofia Kaczmarek  +48•••••314  reminder  2026-11-25 10:00  sent    2026-11-24 17:15
  Przypomnienie: wizyta jutro.`,
  );
});

test.each<[string, Partial<Message>, row: string, text: string]>([
  [
    'a pending retry has its time and the code',
    { status: 'pending', error_code: 'http_503', sent_at: null },
    'Psi Styl  Zofia Kaczmarek  +48•••••314  reminder  2026-11-25 10:00  pending  2026-11-24 17:00',
    "the provider's code is http_503",
  ],
  [
    'a held message has no time',
    { status: 'unknown', reason: 'held', sent_at: null, next_attempt_at: 'infinity' },
    'Psi Styl  Zofia Kaczmarek  +48•••••314  reminder  2026-11-25 10:00  unknown  -',
    'it may have been sent, but the provider does not list it: check there before you send it again',
  ],
  [
    'a message of a salon whose zone is unknown here has its times in UTC',
    { salon: { name: 'Psi Styl', timezone: 'Europe/Atlantis' } },
    'Psi Styl  Zofia Kaczmarek  +48•••••314  reminder  2026-11-25T09:00Z  sent    2026-11-24T16:15Z',
    'Przypomnienie: wizyta jutro.',
  ],
  [
    'a message without a client and an appointment has the day',
    { client: null, phone: null, phone_number: null, appointments: [], reason: 'erased' },
    'Psi Styl  -       -      reminder  2026-11-25   sent    2026-11-24 17:15',
    'the client was erased',
  ],
  [
    'a number that was never normalised is hidden completely',
    { phone: null, phone_number: '501 220 314', reason: 'no_consent' },
    'Psi Styl  Zofia Kaczmarek  •••••  reminder  2026-11-25 10:00  sent    2026-11-24 17:15',
    'no consent to SMS: set clients.has_gdpr_consent once it is given',
  ],
])('%s', (_, difference, row, text) => {
  const [, ...lines] = formatMessages([{ ...SENT, ...difference }]).split('\n');

  expect(lines).toEqual([row, `  ${text}`]);
});

test('a preview for a salon with broken settings has no time', () => {
  const broken: PreviewedReminder = {
    salon_id: 'a salon',
    salon_name: 'Psi Styl',
    timezone: null,
    skip_reason: 'broken_settings',
  };

  expect(formatPreviews([preview(broken, { countries: [], linkUrl: null })])).toContain(`
Psi Styl  -       -      -     -            to be skipped  -
  nothing can be planned for the salon: `);
});

test('counts of zero are left out', () => {
  expect(formatCounts({ ...noCounts(), planned: 2, sent: 2, ms: 80 })).toBe(
    'The run took 80 ms: planned 2, sent 2.',
  );
  expect(formatCounts({ ...noCounts(), ms: 8 })).toBe('The run took 8 ms: nothing to do.');
  expect(formatCounts({ ...noCounts(), broken: 1 })).toContain('; see sms_settings.problem');
});

test.each([
  ['2026-11-24T17:15', '2026-11-24T16:15:00.000Z'],
  ['2026-06-24T17:15', '2026-06-24T15:15:00.000Z'],
  ['2026-11-24 17:15:30', '2026-11-24T16:15:00.000Z'],
  ['2026-11-24T17:15Z', '2026-11-24T17:15:00.000Z'],
  ['2026-11-24T17:15-05:00', '2026-11-24T22:15:00.000Z'],
])('--at %s is %s', (at, instant) => {
  expect(readOptions(['--at', at])).toEqual({ at: new Date(instant), dryRun: false });
});

test.each([
  ['2026-11-24T08:00Z', '2026-11-25T10:00', '2026-11-24T17:15'],
  // Too late for today: the booking would not have settled.
  ['2026-11-24T16:10Z', '2026-11-26T10:00', '2026-11-25T17:15'],
  ['2026-11-24T23:30Z', '2026-11-26T10:00', '2026-11-25T17:15'],
  ['2026-10-24T10:00Z', '2026-10-25T10:00', '2026-10-24T17:15'],
])('at %s a rehearsal books %s and reminds at %s', (now, appointment, reminder) => {
  expect(describeNothingDue(new Date(now)).split('\n').slice(1)).toEqual([
    `Try: npm run calcom -- created --at ${appointment}`,
    `     npm run remind -- --at ${reminder}`,
  ]);
});
