import { civilDateAt, daysBetween } from '../time/civil-date.ts';
import { wallTimeOf } from '../time/wall-time.ts';
import { cleanText, toName, transliterate } from './plain-text.ts';
import { countSegments, type SegmentCount } from './segments.ts';
import { fillTemplate, type TemplateValues } from './template.ts';

/** A calendar event in a message: when it starts (ISO 8601 with a zone) and whom it is for. */
export type Appointment = { startTime: string; pet: string | null };

/** What a reminder says, and how the salon wants it written. */
export type ReminderInput = {
  template: string;
  language: 'pl' | 'en';
  /** Whether to write Polish letters without their marks, which halves the price of most texts. */
  transliterate: boolean;
  maxSegments: number;
  salon: { name: string; address: string | null; timezone: string };
  /** The first name. */
  clientName: string | null;
  /** At least one, on the same day in the salon's zone, the earliest first. */
  appointments: readonly Appointment[];
  now: Date;
};

/** A text to send, or why there is none: `template` names something unknown or says nothing. */
export type ReminderText =
  | ({ ok: true; body: string } & SegmentCount)
  | { ok: false; problem: 'template' | 'too_long' };

const LOCALES = { pl: 'pl-PL', en: 'en-GB' } as const;

/** Long enough for real names; strangers type some of them into a booking form. */
const MAX_PERSON_OR_PET_CHARACTERS = 30;
const MAX_SALON_CHARACTERS = 60;
const MAX_ADDRESS_CHARACTERS = 100;

/**
 * Writes a reminder as it reads at this moment: an appointment is `jutro` or `dzisiaj` by the calendar of
 * the salon, whatever the zone of the server and the length of the day.
 *
 * @throws RangeError for a zone the runtime does not know, an invalid time, or no appointment at all.
 */
export function renderReminder(input: ReminderInput): ReminderText {
  const filled = fillTemplate(input.template, valuesOf(input));
  // Cleaned last, because `Intl` brings spaces and dashes of its own.
  const cleaned = closeGaps(cleanText(filled ?? ''));
  if (cleaned === '') return { ok: false, problem: 'template' };

  const body = input.transliterate ? transliterate(cleaned) : cleaned;
  const count = countSegments(body);
  return count.segments > input.maxSegments
    ? { ok: false, problem: 'too_long' }
    : { ok: true, body, ...count };
}

function valuesOf(
  { language, salon, clientName, appointments, now }: ReminderInput,
): TemplateValues {
  const locale = LOCALES[language];
  const { timezone } = salon;
  const join = joiner(locale);
  const firstAppointment = appointments[0];
  if (firstAppointment === undefined) {
    throw new RangeError('A reminder is about at least one appointment');
  }

  const start = new Date(firstAppointment.startTime);
  const date = civilDateAt(start, timezone);
  const [, month = '', day = ''] = date.split('-');
  return {
    when: relativeDay(daysBetween(civilDateAt(now, timezone), date), locale),
    weekday: weekdayAt(start, timezone, locale),
    date: `${day}.${month}`,
    time: clockAt(start, timezone),
    appointments: listAppointments(appointments, timezone, join),
    pets: join(petsOf(appointments)),
    client: toName(clientName, MAX_PERSON_OR_PET_CHARACTERS) ?? '',
    salon: toName(salon.name, MAX_SALON_CHARACTERS) ?? '',
    address: toName(salon.address, MAX_ADDRESS_CHARACTERS) ?? '',
  };
}

/** `14:00` */
function clockAt(instant: Date, timezone: string): string {
  return wallTimeOf(instant, timezone).slice('YYYY-MM-DD '.length);
}

/** `wtorek` */
function weekdayAt(instant: Date, timeZone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long' }).format(instant);
}

/** `jutro`, `tomorrow`, `za 3 dni` */
function relativeDay(days: number, locale: string): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}

/** `Reksio, Burek i Azor` */
function joiner(locale: string): (items: string[]) => string {
  const list = new Intl.ListFormat(locale);
  return (items) => list.format(items);
}

/**
 * `10:00 (Reksio i Burek) i 11:30`. Appointments are told apart by instants: in autumn a clock shows an
 * hour twice.
 */
function listAppointments(
  appointments: readonly Appointment[],
  timezone: string,
  join: (items: string[]) => string,
): string {
  const byStart = Map.groupBy(appointments, ({ startTime }) => Date.parse(startTime));
  return join(Array.from(byStart, ([start, together]) => {
    const time = clockAt(new Date(start), timezone);
    const pets = petsOf(together);
    return pets.length === 0 ? time : `${time} (${join(pets)})`;
  }));
}

function petsOf(appointments: readonly Appointment[]): string[] {
  const names = appointments.map(({ pet }) => toName(pet, MAX_PERSON_OR_PET_CHARACTERS));
  return [...new Set(names)].filter((name) => name !== null);
}

/** Removes what an absent value leaves behind: `Dzień dobry , zapraszamy ()`. */
function closeGaps(text: string): string {
  return text
    .replaceAll(/\( ?\)/g, '')
    .replaceAll(/ +(?=[,.!?])/g, '')
    .replace(/^[,. ]+/, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
