import ICAL from 'ical.js';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import type { AppointmentStatus } from '../../../shared/calendar/appointment.ts';
import type { FeedAppointment, FeedTime, SalonFeed } from './salon-feed.ts';

// RFC 5545 counts the space at the start of a continued line, ical.js does not.
ICAL.foldLength = 74;

const STATUSES: Readonly<Record<AppointmentStatus, 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'>> = {
  pending: 'TENTATIVE',
  scheduled: 'CONFIRMED',
  confirmed: 'CONFIRMED',
  completed: 'CONFIRMED',
  cancelled: 'CANCELLED',
  // The time was reserved for it.
  no_show: 'CONFIRMED',
};

/** How often subscribers should refresh. Google ignores it. */
const REFRESH_INTERVAL = 'PT1H';

/** jCal (RFC 7265), since building ical.js' own objects first takes three times as long. */
type Property = [name: string, parameters: Record<string, string>, type: string, value: unknown];
type Component = [name: string, properties: Property[], components: Component[]];

/** Writes an RFC 5545 calendar; the same appointments always give the same text. */
export function writeIcalendar(feed: SalonFeed): string {
  const zone = readTimezone(feed.timezone);
  const zoneId = String(zone[1].find(([name]) => name === 'tzid')?.[3]);
  const calendar: Component = [
    'vcalendar',
    [
      ['version', {}, 'text', '2.0'],
      ['prodid', {}, 'text', '-//BarkBook//calendar-feed//PL'],
      ['method', {}, 'text', 'PUBLISH'],
      // Not part of the standard, so ical.js does not escape the values.
      ['x-wr-calname', {}, 'unknown', feed.name.replaceAll(/\p{Cc}+/gu, ' ')],
      ['x-wr-timezone', {}, 'unknown', zoneId],
      ['refresh-interval', {}, 'duration', REFRESH_INTERVAL],
      ['x-published-ttl', {}, 'unknown', REFRESH_INTERVAL],
    ],
    [zone, ...feed.appointments.map((appointment) => event(appointment, zoneId))],
  ];
  return ICAL.stringify(calendar);
}

function event(appointment: FeedAppointment, zoneId: string): Component {
  const status = STATUSES[appointment.status ?? 'scheduled'];
  const properties: Property[] = [
    text('uid', `${appointment.id}@barkbook`),
    // The time of the last change, not the current one, so that an unchanged feed stays identical.
    time('dtstamp', appointment.changed_at, zoneId),
    time('last-modified', appointment.changed_at, zoneId),
    ['sequence', {}, 'integer', appointment.sequence],
    time('dtstart', appointment.start, zoneId),
    time('dtend', appointment.end, zoneId),
    text('summary', summary(appointment)),
    ...(appointment.title === null ? [] : [text('description', appointment.title)]),
    text('status', status),
    text('transp', status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'),
  ];
  return ['vevent', properties, []];
}

/** `Fiona (Zofia)`, or whichever of the names is known. */
function summary({ pet, client }: FeedAppointment): string {
  if (pet === null) return client ?? 'Wizyta';
  return client === null ? pet : `${pet} (${client})`;
}

/** ical.js escapes line feeds, but no other characters that could end a line. */
function text(name: string, value: string): Property {
  const lines = value.replaceAll(/\r\n?/g, '\n').replaceAll(/(?!\n)\p{Cc}/gu, '');
  return [name, {}, 'text', lines];
}

function time(name: string, moment: FeedTime, zoneId: string): Property {
  return [name, moment.endsWith('Z') ? {} : { tzid: zoneId }, 'date-time', moment];
}

/** The rules of a zone under its current name in tz: `Europe/Kyiv` for `Europe/Kiev`. */
function readTimezone(name: string): Component {
  const [block = ''] = tzlib_get_ical_block(name);
  if (block === '') throw new RangeError(`No rules of the time zone ${name}`);
  return ICAL.parse(block) as Component;
}
