import type { BookingPayload } from './booking-payload.ts';
import { nonEmpty, truncate } from '../text/truncate.ts';

const MAX_USERNAME_CHARACTERS = 255;
const MAX_NAME_CHARACTERS = 255;

/** The host of a booking, as Cal.com names them. */
export type Host = {
  organizerUsername: string | null;
  hostUsername: string | null;
  hostName: string | null;
};

/** Reads the host: the organizer of an event, or the user of a booking row. */
export function readHost({ organizer, user }: BookingPayload): Host {
  const username = truncate(
    MAX_USERNAME_CHARACTERS,
    nonEmpty(organizer?.username) ?? user?.username,
  );
  return {
    organizerUsername: username,
    hostUsername: username,
    hostName: truncate(MAX_NAME_CHARACTERS, nonEmpty(organizer?.name) ?? user?.name),
  };
}
