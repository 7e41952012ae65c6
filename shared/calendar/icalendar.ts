import ICAL from 'ical.js';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import type { AppointmentStatus } from './appointment.ts';
import type { FeedTime, FeedVisit, SalonFeed } from './salon-feed.ts';

// RFC 5545 counts the space in front of a continued line, ical.js does not.
ICAL.foldLength = 74;

const STATUSES: Readonly<Record<AppointmentStatus, 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'>> = {
  pending: 'TENTATIVE',
  scheduled: 'CONFIRMED',
  confirmed: 'CONFIRMED',
  completed: 'CONFIRMED',
  cancelled: 'CANCELLED',
  // The time was kept free for it.
  no_show: 'CONFIRMED',
};

/** How often subscribers should ask. Google takes its own time. */
const REFRESH_INTERVAL = 'PT1H';

/** Writes a salon's visits as an RFC 5545 calendar: the same text for the same visits. */
export function writeIcalendar(feed: SalonFeed): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('prodid', '-//BarkBook//calendar-feed//PL');
  calendar.updatePropertyWithValue('method', 'PUBLISH');
  calendar.updatePropertyWithValue('x-wr-calname', feed.name);
  calendar.updatePropertyWithValue('x-wr-timezone', feed.timezone);
  calendar.updatePropertyWithValue(
    'refresh-interval',
    ICAL.Duration.fromString(REFRESH_INTERVAL),
  ).setParameter('value', 'DURATION');
  calendar.updatePropertyWithValue('x-published-ttl', REFRESH_INTERVAL);

  const zone = readTimezone(feed.timezone);
  calendar.addSubcomponent(zone);
  const zoneId = String(zone.getFirstPropertyValue('tzid'));
  for (const visit of feed.visits) calendar.addSubcomponent(event(visit, zoneId));
  return `${calendar.toString()}\r\n`;
}

function event(visit: FeedVisit, zoneId: string): ICAL.Component {
  const written = new ICAL.Component('vevent');
  const status = STATUSES[visit.status ?? 'scheduled'];
  written.updatePropertyWithValue('uid', `${visit.id}@barkbook`);
  // Of the change, not of this moment: what nobody changed is to stay the same to the byte.
  written.updatePropertyWithValue('dtstamp', time(visit.changed_at));
  written.updatePropertyWithValue('last-modified', time(visit.changed_at));
  written.updatePropertyWithValue('sequence', visit.sequence);
  setTime(written, 'dtstart', visit.start, zoneId);
  setTime(written, 'dtend', visit.end, zoneId);
  written.updatePropertyWithValue('summary', summary(visit));
  if (visit.title !== null) written.updatePropertyWithValue('description', visit.title);
  written.updatePropertyWithValue('status', status);
  written.updatePropertyWithValue('transp', status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE');
  return written;
}

/** `Fiona (Zofia)`, or what of it is known. */
function summary({ pet, client }: FeedVisit): string {
  if (pet === null) return client ?? 'Wizyta';
  return client === null ? pet : `${pet} (${client})`;
}

function setTime(of: ICAL.Component, name: string, moment: FeedTime, zoneId: string): void {
  const written = time(moment);
  const property = of.updatePropertyWithValue(name, written);
  if (written.zone !== ICAL.Timezone.utcTimezone) property.setParameter('tzid', zoneId);
}

function time(moment: FeedTime): ICAL.Time {
  return ICAL.Time.fromDateTimeString(moment);
}

/** The rules of a zone, under the name that tz gives it now: `Europe/Kyiv` for `Europe/Kiev`. */
function readTimezone(name: string): ICAL.Component {
  const [block = ''] = tzlib_get_ical_block(name);
  if (block === '') throw new RangeError(`No rules of the time zone ${name}`);
  return new ICAL.Component(ICAL.parse(block));
}
