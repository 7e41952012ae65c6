import { type ActionResult, type ActionSettings, type Call, createCall } from './calcom-client.ts';
import { absence, cancellation, confirmation, decline } from './change-booking.ts';
import { type EventType, readEventTypes } from './event-types.ts';
import { move } from './move-booking.ts';
import { type NewBooking, newBooking } from './new-booking.ts';
import { type Action, type BookingRef, type Done, lookFor, perform } from './perform.ts';

export type { ActionErrorCode, ActionFailure, ActionResult } from './calcom-client.ts';
export type { ActionSettings, BookingRef, Done, EventType };

/** Something to do with bookings in Cal.com. Times are ISO 8601 in UTC. */
export type BookingCommand =
  /** The host must give a reason. */
  | { action: 'cancel'; of: BookingRef; reason: string }
  | { action: 'move'; of: BookingRef; start: string; reason: string | null }
  /** Possible once the appointment has begun. */
  | { action: 'no_show'; of: BookingRef; absent: boolean }
  | { action: 'confirm'; of: BookingRef }
  | { action: 'decline'; of: BookingRef; reason: string | null }
  | { action: 'book'; booking: NewBooking };

/** Cal.com's bookings, with one salon's key. Nothing here throws, and no request is repeated. */
export type BookingActions = {
  /**
   * Does it once. If the answer is lost, or Cal.com fails, it looks whether it was done. Takes a
   * request or two, and the looks of {@link ActionSettings} while Cal.com does not show it.
   */
  perform(command: BookingCommand): Promise<ActionResult<Done>>;
  /** Looks whether it was done, without doing it. */
  lookFor(command: BookingCommand): Promise<ActionResult<Done>>;
  /** What can be booked with this user, hidden event types included. */
  eventTypes(username: string): Promise<ActionResult<EventType[]>>;
};

/** Connects to Cal.com with a salon's API key. */
export function createBookingActions(apiKey: string, settings: ActionSettings): BookingActions {
  const call = createCall(apiKey, settings);
  const { lookAfterMs } = settings;
  return {
    perform: async (command) => {
      const action = await actionOf(call, command);
      return action.ok ? await perform(call, action.value, lookAfterMs) : action;
    },
    lookFor: async (command) => {
      const action = await actionOf(call, command);
      return action.ok ? await lookFor(action.value, lookAfterMs) : action;
    },
    eventTypes: (username) => readEventTypes(call, username),
  };
}

/** Some actions depend on what only the booking says, such as whether it has seats. */
async function actionOf(call: Call, command: BookingCommand): Promise<ActionResult<Action>> {
  switch (command.action) {
    case 'cancel':
      return await cancellation(call, command.of, command.reason);
    case 'move':
      return await move(call, command.of, command.start, command.reason);
    case 'no_show':
      return await absence(call, command.of, command.absent);
    case 'confirm':
      return { ok: true, value: confirmation(call, command.of) };
    case 'decline':
      return decline(call, command.of, command.reason);
    case 'book':
      return { ok: true, value: newBooking(call, command.booking) };
  }
}
