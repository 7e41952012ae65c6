import type { SmsSettings, SmsSettingsChange } from '../../../../../shared/calendar/reminders.ts';

/** The settings in a form: numbers as typed, times of day as `17:00`. */
export type Draft = {
  enabled: boolean;
  mode: SmsSettings['mode'];
  sendAt: string;
  hoursBefore: string;
  quietFrom: string;
  quietTo: string;
  minLeadMinutes: string;
  delayMinutes: string;
  template: string;
  language: SmsSettings['language'];
  transliterate: boolean;
  groupSameDay: boolean;
  maxSegments: string;
  monthlyCap: string;
  noticeHours: string;
  callListFrom: string;
};

/** When a reminder is sent, as typed. */
export type Moment = Pick<Draft, 'mode' | 'sendAt' | 'hoursBefore'>;

/** The database's defaults for a salon without settings. */
const DEFAULTS: Draft = {
  enabled: false,
  mode: 'day_before',
  sendAt: '17:00',
  hoursBefore: '24',
  quietFrom: '20:00',
  quietTo: '08:00',
  minLeadMinutes: '120',
  delayMinutes: '10',
  template:
    'Przypominamy o wizycie {{when}} ({{weekday}}, {{date}}) o {{appointments}}. {{salon}} ' +
    '{{phone}} {{link}}',
  language: 'pl',
  transliterate: true,
  groupSameDay: true,
  maxSegments: '2',
  monthlyCap: '1000',
  noticeHours: '24',
  callListFrom: '15:00',
};

/** Converts stored settings to a draft. */
export function draftOf(settings: SmsSettings | null): Draft {
  if (settings === null) return DEFAULTS;
  return {
    enabled: settings.enabled,
    mode: settings.mode,
    sendAt: timeOfDay(settings.send_at_local),
    hoursBefore: String(settings.hours_before),
    quietFrom: timeOfDay(settings.quiet_from),
    quietTo: timeOfDay(settings.quiet_to),
    minLeadMinutes: String(minutesOf(settings.min_lead)),
    delayMinutes: String(minutesOf(settings.delay_after_booking)),
    template: settings.template,
    language: settings.language,
    transliterate: settings.transliterate,
    groupSameDay: settings.group_same_day,
    maxSegments: String(settings.max_segments),
    monthlyCap: settings.monthly_cap === null ? '' : String(settings.monthly_cap),
    noticeHours: String(settings.notice_hours),
    callListFrom: timeOfDay(settings.call_list_from),
  };
}

/** Converts a draft to what the database stores. */
export function changeOf(draft: Draft): SmsSettingsChange {
  return {
    enabled: draft.enabled,
    mode: draft.mode,
    send_at_local: draft.sendAt,
    hours_before: Number(draft.hoursBefore),
    quiet_from: draft.quietFrom,
    quiet_to: draft.quietTo,
    min_lead: `${Number(draft.minLeadMinutes)} minutes`,
    delay_after_booking: `${Number(draft.delayMinutes)} minutes`,
    template: draft.template,
    language: draft.language,
    transliterate: draft.transliterate,
    group_same_day: draft.groupSameDay,
    max_segments: Number(draft.maxSegments),
    monthly_cap: draft.monthlyCap === '' ? null : Number(draft.monthlyCap),
    notice_hours: Number(draft.noticeHours),
    call_list_from: draft.callListFrom,
  };
}

/** `17:00` of `17:00:00` */
export function timeOfDay(time: string): string {
  return time.slice(0, 'HH:MM'.length);
}

/** The minutes of an interval as Postgres writes it: 1590 for `1 day 02:30:00`. */
export function minutesOf(interval: string): number {
  const [, days = '0'] = /(-?\d+) day/.exec(interval) ?? [];
  const [, hours = '0', minutes = '0'] = /(\d+):(\d\d):\d\d/.exec(interval) ?? [];
  return (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
}
