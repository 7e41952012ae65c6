import GraphemeSplitter from 'grapheme-splitter';
import { expect, test } from 'vitest';
import StandIn from '../../../dashboard/stand-ins/grapheme-splitter.ts';
import type { SmsSettings } from '../../../shared/calendar/reminders.ts';
import type { SmsText } from '../../../shared/calendar/sms-texts.ts';
import {
  changeOf,
  draftOf,
  minutesOf,
} from '../../../dashboard/src/pages/reminders/settings/draft.ts';
import { exampleReminder } from '../../../dashboard/src/pages/reminders/settings/example.ts';
import {
  isEnabled,
  TEXT_KINDS,
  textChangeOf,
  textDraftOf,
} from '../../../dashboard/src/pages/reminders/settings/text-draft.ts';
import { templateProblem } from '../../../dashboard/src/pages/reminders/settings/template-problem.ts';

test.each([
  ['02:00:00', 120],
  ['00:10:00', 10],
  ['00:00:00', 0],
  ['1 day', 1440],
  ['1 day 02:30:00', 1590],
  ['7 days', 10080],
])('an interval of %s has %i minutes', (interval, minutes) => {
  expect(minutesOf(interval)).toBe(minutes);
});

test('stored settings pass through the form unchanged', () => {
  const stored: SmsSettings = {
    salon_id: 'a',
    enabled: true,
    mode: 'hours_before',
    send_at_local: '16:15:00',
    hours_before: 48,
    quiet_from: '21:00:00',
    quiet_to: '07:30:00',
    min_lead: '1 day 02:00:00',
    delay_after_booking: '00:05:00',
    template: '{{appointments}}',
    language: 'en',
    sender: 'PsiStyl',
    transliterate: false,
    max_segments: 3,
    group_same_day: false,
    monthly_cap: 400,
    problem: null,
    problem_since: null,
    notice_hours: 24,
    daily_cap: 200,
    allowed_links: [],
    call_list_from: '15:00:00',
    updated_at: '2026-11-24T08:00:00Z',
  };

  expect(changeOf(draftOf(stored))).toEqual({
    enabled: true,
    mode: 'hours_before',
    send_at_local: '16:15',
    hours_before: 48,
    quiet_from: '21:00',
    quiet_to: '07:30',
    min_lead: '1560 minutes',
    delay_after_booking: '5 minutes',
    template: '{{appointments}}',
    language: 'en',
    transliterate: false,
    max_segments: 3,
    group_same_day: false,
    monthly_cap: 400,
    notice_hours: 24,
    call_list_from: '15:00',
  });
});

test('a stored text passes through the form unchanged', () => {
  const stored: SmsText = {
    salon_id: 'a',
    kind: 'third_reminder',
    enabled: true,
    mode: 'day_before',
    send_at_local: '18:30:00',
    hours_before: 48,
    template: 'Do zobaczenia {{when}}',
    enabled_at: '2026-11-24T08:00:00Z',
    updated_at: '2026-11-24T08:00:00Z',
  };

  expect(textChangeOf(stored.kind, textDraftOf(stored.kind, stored, 'Domyślna'))).toEqual({
    enabled: true,
    mode: 'day_before',
    send_at_local: '18:30',
    hours_before: 48,
    template: 'Do zobaczenia {{when}}',
  });
});

test('a text that was never saved is the default one, and off; only the answer is sent', () => {
  expect(textDraftOf('second_reminder', undefined, 'Domyślna')).toEqual({
    enabled: false,
    mode: 'hours_before',
    sendAt: '17:00',
    hoursBefore: '2',
    template: 'Domyślna',
  });
  expect(TEXT_KINDS.filter((kind) => isEnabled(kind, undefined))).toEqual(['answer']);
});

test('a notice has no time of its own', () => {
  expect(textChangeOf('moved', textDraftOf('moved', undefined, 'Nowy termin {{date}}')))
    .toEqual({ enabled: false, template: 'Nowy termin {{date}}' });
});

test('an empty limit stays empty', () => {
  expect(changeOf({ ...draftOf(null), monthlyCap: '' }).monthly_cap).toBeNull();
});

test.each([
  ['Wizyta {{when}} o {{ appointments }}', null],
  ['Bez zmiennych', null],
  ['Pojedyncze {nawiasy}', null],
  ['  ', { text: 'emptyTemplate' }],
  ['Wizyta {{pora}}', { text: 'unknownVariable', name: '{{pora}}' }],
  ['Wizyta {{}}', { text: 'unknownVariable', name: '{{}}' }],
  ['Wizyta {{when', { text: 'openBrace' }],
  ['Wizyta when}}', { text: 'openBrace' }],
  ['Cennik: psistyl.pl', null],
  ['Cennik: evil.pl', { text: 'forbiddenLink', name: 'evil.pl' }],
  ['{{salon}}.pl', { text: 'forbiddenLink', name: 'xx.pl' }],
])('%j: %j', (template, problem) => {
  expect(templateProblem(template, ['psistyl.pl'])).toEqual(problem);
});

test('the example appointment is at ten in the salon’s zone, even after a clock change', () => {
  const salon = {
    id: 'a',
    name: 'Psi Styl',
    address: null,
    phone_number: null,
    timezone: 'Europe/Warsaw',
    role: 'owner' as const,
  };
  const draft = { ...draftOf(null), template: '{{when}} {{date}} {{time}}' };

  // The clocks go back in the night before the 25th.
  const text = exampleReminder(
    draft,
    salon,
    [],
    'https://salon.example/c/',
    new Date('2026-10-24T10:00:00Z'),
  );

  expect(text).toMatchObject({ ok: true, body: 'jutro 25.10 10:00' });
});

test.each([
  'Wizyta jutro o 10:00 (Fiona)',
  'Żółw, zażółć gęślą jaźń',
  'Pa pa 👋🏽🐶👨‍👩‍👧 e\u0301',
  'Pierwsza\r\ndruga',
])('the browser finds the same characters as the SMS are split by: %j', (text) => {
  expect(new StandIn().splitGraphemes(text)).toEqual(new GraphemeSplitter().splitGraphemes(text));
});
