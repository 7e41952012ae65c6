import { type ReminderInput, renderReminder } from '../../../shared/sms/reminder-text.ts';

export const DEFAULT_TEMPLATE =
  'Przypominamy o wizycie {{when}} ({{weekday}}, {{date}}) o {{appointments}}. {{salon}} {{phone}} {{link}}';

export const SALON = {
  name: 'Psia Łapa',
  phone: null,
  address: 'ul. Długa 5',
  timezone: 'Europe/Warsaw',
};

const INPUT: ReminderInput = {
  template: DEFAULT_TEMPLATE,
  language: 'pl',
  transliterate: true,
  maxSegments: 2,
  allowedLinks: [],
  salon: SALON,
  clientName: 'Anna',
  appointments: [{ startTime: '2026-11-24T13:00:00Z', pet: null }],
  link: null,
  now: new Date('2026-11-23T16:00:00Z'),
};

export function rendered(input: Partial<ReminderInput> = {}) {
  return renderReminder({ ...INPUT, ...input });
}

export function bodyOf(input: Partial<ReminderInput> = {}): string {
  const text = rendered(input);
  return text.ok ? text.body : text.problem;
}
