import { daysAfter, instantAt, minutesAfter, wallTimeOf } from '../../shared/time/wall-time.ts';
import { TIME_ZONE } from './options.ts';

const APPOINTMENT_TIME = '10:00';
const REMINDER_TIME = '17:15';

/** Time to read the advice, type a command, and let the booking settle. */
const MARGIN_MINUTES = 20;

/** Why there may have been no reminder, and how to see one at any time of day. */
export function describeNothingDue(now: Date): string {
  const { reminderAt, appointmentAt } = nextRehearsal(now);
  return 'Nothing was due: each appointment gets one reminder, from 17:00 on the day before unless ' +
    `sms_settings say otherwise, 10 minutes after it was booked or changed.
Try: npm run calcom -- created --at ${appointmentAt}
     npm run remind -- --at ${reminderAt}`;
}

function nextRehearsal(now: Date): { reminderAt: string; appointmentAt: string } {
  const [today = ''] = wallTimeOf(now, TIME_ZONE).split(' ');
  const first = instantAt(`${today}T${REMINDER_TIME}`, TIME_ZONE);
  const isPast = minutesAfter(now, MARGIN_MINUTES) > first;
  const reminder = isPast ? daysAfter(first, 1, TIME_ZONE) : first;
  const [appointmentDay = ''] = wallTimeOf(daysAfter(reminder, 1, TIME_ZONE), TIME_ZONE).split(' ');
  return {
    reminderAt: wallTimeOf(reminder, TIME_ZONE).replace(' ', 'T'),
    appointmentAt: `${appointmentDay}T${APPOINTMENT_TIME}`,
  };
}
