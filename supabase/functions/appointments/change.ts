import type { BookingCommand, BookingRef } from '../_shared/calcom/booking-actions.ts';
import { readBookingRef } from '../_shared/calcom/booking-uids.ts';
import { calcomPages } from '../_shared/calcom/pages.ts';
import { actForSalon } from '../_shared/calcom/salon-actions.ts';
import { refuse } from '../_shared/refusal.ts';
import type { Outcome } from './answer.ts';
import type { Appointment, Caller } from './caller.ts';
import type { AppointmentCommand } from './command.ts';
import type { Service } from './service.ts';

/** Changes an appointment of the caller's salon in Cal.com. */
export async function change(
  command: AppointmentCommand,
  caller: Caller,
  { database, calcom, appUrl }: Service,
): Promise<Outcome> {
  const { action, eventId, requestKey } = command;
  const read = await caller.appointment(eventId);
  if (!read.ok) return read;
  if (read.value === null) return refuse('not_found');
  const { userId, seen: { salonId, clientId, host, calcomId, ...times } } = read.value;
  const untimely = judgeTime(action, times);
  if (untimely !== null) return refuse(untimely, { salonId });

  const of = readBookingRef(calcomId);
  if (of === null) {
    const [uid = ''] = calcomId.split('#');
    const url = calcomPages(appUrl).booking({ uid, seatUid: null });
    return refuse('booking_not_found', { salonId, url });
  }
  const result = await actForSalon(database, calcom, {
    salonId,
    host,
    action,
    actorId: userId,
    requestKey,
    eventId,
    clientId,
    command: toBookingCommand(command, of),
  });
  if (!result.ok) return { ...result, salonId, url: pageFor(action, of, appUrl) };
  return { ...result, kind: 'done', action, salonId };
}

function toBookingCommand(command: AppointmentCommand, of: BookingRef): BookingCommand {
  switch (command.action) {
    case 'cancel':
      return { action: 'cancel', of, reason: command.reason };
    case 'move':
      return { action: 'move', of, start: command.start, reason: command.reason };
    case 'no_show':
      return { action: 'no_show', of, absent: command.absent };
    case 'confirm':
      return { action: 'confirm', of };
    case 'decline':
      return { action: 'decline', of, reason: command.reason };
  }
}

/** Cal.com would refuse it, too, with words only. */
function judgeTime(
  action: AppointmentCommand['action'],
  { startTime, endTime }: Pick<Appointment, 'startTime' | 'endTime'>,
): 'too_early' | 'too_late' | null {
  const nowMs = Date.now();
  if (action === 'no_show') return Date.parse(startTime) > nowMs ? 'too_early' : null;
  return Date.parse(endTime) < nowMs ? 'too_late' : null;
}

function pageFor(action: AppointmentCommand['action'], of: BookingRef, appUrl: string): string {
  const pages = calcomPages(appUrl);
  if (action === 'cancel') return pages.cancel(of);
  return action === 'move' ? pages.reschedule(of) : pages.booking(of);
}
