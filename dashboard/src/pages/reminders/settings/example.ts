import { addDays, civilDateAt, startOfDay } from '../../../../../shared/time/civil-date.ts';
import type { MySalon } from '../../../../../shared/calendar/salons.ts';
import { clientLink, EXAMPLE_TOKEN } from '../../../../../shared/sms/client-link.ts';
import { type ReminderText, renderReminder } from '../../../../../shared/sms/reminder-text.ts';
import type { Draft } from './draft.ts';

/** The client and the appointment in the preview. */
export const EXAMPLE = { client: 'Zofia', pet: 'Fiona', time: '10:00' } as const;

const HOURS_LEFT_OF_DAY = 14;
const MS_PER_HOUR = 60 * 60 * 1_000;
/** Long enough for any template: a text that is too long is shown with its length. */
const NO_LIMIT = 99;

/**
 * The reminder that a salon with these settings would send for tomorrow's example appointment.
 *
 * @param clientPage The address of the client's page, to which the link in it leads.
 */
export function exampleReminder(
  draft: Draft,
  salon: MySalon,
  allowedLinks: readonly string[],
  clientPage: string,
  now: Date,
): ReminderText {
  // Counted back from the end of tomorrow, since the clocks change before the morning.
  const end = startOfDay(addDays(civilDateAt(now, salon.timezone), 2), salon.timezone);
  const startTime = new Date(end.getTime() - HOURS_LEFT_OF_DAY * MS_PER_HOUR).toISOString();
  const { template, language, transliterate } = draft;
  return renderReminder({
    template,
    language,
    transliterate,
    maxSegments: NO_LIMIT,
    allowedLinks,
    salon: { ...salon, phone: salon.phone_number },
    clientName: EXAMPLE.client,
    appointments: [{ startTime, pet: EXAMPLE.pet }],
    link: clientLink(clientPage, EXAMPLE_TOKEN),
    now,
  });
}
