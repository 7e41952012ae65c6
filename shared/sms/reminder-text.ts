import type { Enums } from '../database.types.ts';
import { civilDateAt, daysBetween } from '../time/civil-date.ts';
import { wallTimeOf } from '../time/wall-time.ts';
import { addressOf, forbiddenLink, withoutLinks } from './links.ts';
import { cleanText, toName, transliterate } from './plain-text.ts';
import { phoneText } from '../text/phone-text.ts';
import { countSegments, type SegmentCount } from './segments.ts';
import { fillTemplate, type TemplateValues } from './template.ts';

/** An appointment in a message: its start (ISO 8601 with a zone) and its pet. */
export type Appointment = { startTime: string; pet: string | null };

/** The content of a reminder, and the salon's settings for it. */
export type ReminderInput = {
  template: string;
  language: Enums<'reminder_language'>;
  /** Whether to replace letters outside GSM-7 with plain ones, which halves the price of most texts. */
  transliterate: boolean;
  maxSegments: number;
  /** Addresses that may stand in the text. */
  allowedLinks: readonly string[];
  salon: { name: string; phone: string | null; address: string | null; timezone: string };
  /** The first name. */
  clientName: string | null;
  /** One or more, on the same day in the salon's zone, the earliest first. */
  appointments: readonly Appointment[];
  /** The client's own link, null if there is no page for it. */
  link: string | null;
  now: Date;
};

/**
 * A text to send, or why there is none: `template` has an unknown variable or a forbidden link, or
 * gives no text.
 */
export type ReminderText =
  | ({ ok: true; body: string } & SegmentCount)
  | { ok: false; problem: 'template' | 'too_long' };

const LOCALES: Record<Enums<'reminder_language'>, string> = { pl: 'pl-PL', en: 'en-GB' };

/** Long enough for real names. Anyone can type a name into a booking form. */
const MAX_PERSON_OR_PET_CHARACTERS = 30;
const MAX_SALON_CHARACTERS = 60;
const MAX_PHONE_CHARACTERS = 20;
const MAX_ADDRESS_CHARACTERS = 100;

/**
 * Writes a reminder as it reads at `now`: an appointment is `jutro` or `dzisiaj` by the salon's
 * calendar, whatever the server's zone and the length of the day. If it becomes too long, the pets
 * are left out.
 *
 * @throws RangeError for an unknown zone, an invalid time, or no appointments.
 */
export function renderReminder(input: ReminderInput): ReminderText {
  const text = render(input);
  if (text.ok || text.problem !== 'too_long') return text;
  const appointments = input.appointments.map(({ startTime }) => ({ startTime, pet: null }));
  // A template of nothing but pets says nothing without them.
  const withoutPets = render({ ...input, appointments });
  return withoutPets.ok ? withoutPets : text;
}

function render(input: ReminderInput): ReminderText {
  const filled = fillTemplate(input.template, valuesOf(input));
  // Cleaned last, because `Intl` inserts spaces and dashes of its own.
  const cleaned = closeGaps(cleanText(filled ?? ''));
  const allowedLinks = [
    ...input.allowedLinks,
    ...input.link === null ? [] : [addressOf(input.link)],
  ];
  if (cleaned === '' || forbiddenLink(cleaned, allowedLinks) !== null) {
    return { ok: false, problem: 'template' };
  }

  const body = input.transliterate ? transliterate(cleaned) : cleaned;
  const count = countSegments(body);
  return count.segments > input.maxSegments
    ? { ok: false, problem: 'too_long' }
    : { ok: true, body, ...count };
}

function valuesOf(
  { language, salon, clientName, appointments, link, now }: ReminderInput,
): TemplateValues {
  const locale = LOCALES[language];
  const { timezone } = salon;
  const join = joiner(locale);
  const firstAppointment = appointments[0];
  if (firstAppointment === undefined) {
    throw new RangeError('A reminder needs at least one appointment');
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
    client: insert(clientName, MAX_PERSON_OR_PET_CHARACTERS),
    salon: insert(salon.name, MAX_SALON_CHARACTERS),
    phone: phoneOf(salon.phone),
    address: insert(salon.address, MAX_ADDRESS_CHARACTERS),
    // With spaces, so that no neighbour becomes a part of the link.
    link: link === null ? '' : ` ${link} `,
  };
}

/** `tel. 501 220 314`; nothing without a number, so that no label is left over. */
function phoneOf(phone: string | null): string {
  const number = insert(phone === null ? null : phoneText(phone), MAX_PHONE_CHARACTERS);
  return number === '' ? '' : `tel. ${number}`;
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
 * `10:00 (Reksio i Burek) i 11:30`. Appointments are grouped by instant, not by clock time, since
 * in autumn a clock shows one hour twice.
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
  const names = appointments.map(({ pet }) => insert(pet, MAX_PERSON_OR_PET_CHARACTERS));
  return [...new Set(names)].filter((name) => name !== '');
}

/** A name from outside as a text shows it; empty if nothing is left of it. */
function insert(text: string | null, maxCharacters: number): string {
  return withoutLinks(toName(text, maxCharacters) ?? '');
}

/** Removes the gaps that empty values leave: `Dzień dobry , zapraszamy ()`. */
function closeGaps(text: string): string {
  return text
    .replaceAll(/\( ?\)/g, '')
    .replaceAll(/ +(?=[,.!?])/g, '')
    .replace(/^[,. ]+/, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
