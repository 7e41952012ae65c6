import type { BookingPayload } from './booking-payload.ts';
import { nonEmpty, truncate } from '../text/truncate.ts';

/** The limit of a host's username and name. */
export const MAX_HOST_CHARACTERS = 255;

/** The host of a booking, as Cal.com names them. */
export type Host = {
  organizerUsername: string | null;
  hostUsername: string | null;
  hostName: string | null;
};

/** Reads the host: the organizer of an event, or the user of a booking row. */
export function readHost({ organizer, user }: BookingPayload): Host {
  const username = truncate(
    MAX_HOST_CHARACTERS,
    nonEmpty(organizer?.username) ?? user?.username,
  );
  return {
    organizerUsername: username,
    hostUsername: username,
    hostName: truncate(MAX_HOST_CHARACTERS, nonEmpty(organizer?.name) ?? user?.name),
  };
}
