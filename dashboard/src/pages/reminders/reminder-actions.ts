import type { ReminderKind, SmsKind } from '../../../../shared/calendar/reminders.ts';
import { ownMember } from '../../../../shared/json/records.ts';
import type { Action, Step } from '../../actions/actions.tsx';

/** A reminder, and all appointments that it covers. */
export type Covered = { eventIds: readonly string[]; kind: ReminderKind };

const REMINDERS: readonly SmsKind[] = [
  'reminder',
  'second_reminder',
  'third_reminder',
] satisfies ReminderKind[];

/** Whether a message is a reminder, which staff can skip. */
export function isReminder(kind: SmsKind): kind is ReminderKind {
  return REMINDERS.includes(kind);
}

/**
 * Sends a reminder now. One that is not being sent yet can be taken back: it waits until it is due
 * again.
 */
export function sendNow(
  eventId: string,
  kind: ReminderKind,
  says: { isBeingSent: string; willBeSent: string },
): Action {
  const undo: Step = {
    run: async (calendar) => {
      await calendar.skipReminder(eventId, kind);
      await calendar.unskipReminder(eventId, kind);
    },
  };
  return {
    run: (calendar) => calendar.sendReminderNow(eventId, kind),
    doneWith: (result) =>
      ownMember(result, 'isBeingSent') === true
        ? { done: says.isBeingSent }
        : { done: says.willBeSent, undo },
  };
}

/** Keeps a reminder from being sent. */
export function skip(reminder: Covered, done: string): Action {
  return { ...skipStep(reminder), done, undo: unskipStep(reminder) };
}

/** Lets a reminder be sent after all. */
export function unskip(reminder: Covered, done: string): Action {
  return { ...unskipStep(reminder), done, undo: skipStep(reminder) };
}

function skipStep({ eventIds, kind }: Covered): Step {
  return {
    run: async (calendar) => {
      for (const eventId of eventIds) await calendar.skipReminder(eventId, kind);
    },
  };
}

function unskipStep({ eventIds, kind }: Covered): Step {
  return {
    run: async (calendar) => {
      for (const eventId of eventIds) await calendar.unskipReminder(eventId, kind);
    },
  };
}
