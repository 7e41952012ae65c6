import type { DeliveryTrigger } from './calendar-booking.ts';
import { ownMember } from '../json/records.ts';
import { isUuid } from '../text/uuid.ts';

const MAX_URL_CHARACTERS = 2000;

/** The client and the pet that a booking link names. Anyone can forge such a link. */
export type LinkedIds = { clientId: string | null; petId: string | null };

/**
 * Reads the ids that BarkBook puts into the `metadata` of its booking links; older links use the
 * name groomio. In BOOKING_PAID, Cal.com replaces the metadata with those of the payment.
 */
export function readLinkedIds(trigger: DeliveryTrigger, metadata: unknown): LinkedIds {
  if (trigger === 'BOOKING_PAID') return { clientId: null, petId: null };
  return {
    clientId: firstUuid(metadata, ['barkbookClientId', 'groomioClientId']),
    petId: firstUuid(metadata, ['barkbookPetId', 'groomioPetId']),
  };
}

/** The link to a video call: in the metadata or, on newer servers, in the location. */
export function readMeetingUrl(metadata: unknown, location: unknown): string | null {
  return readWebUrl(ownMember(metadata, 'videoCallUrl')) ?? readWebUrl(location);
}

/**
 * The link after a change of place, whose metadata still have that of the old place: a link in the
 * location, or that of the video app which the location names (`integrations:daily`).
 */
export function readNewMeetingUrl(metadata: unknown, location: string | undefined): string | null {
  return readWebUrl(location) ??
    (location?.startsWith('integrations:') ? readMeetingUrl(metadata, null) : null);
}

function firstUuid(metadata: unknown, keys: string[]): string | null {
  for (const key of keys) {
    const value = ownMember(metadata, key);
    const id = typeof value === 'string' ? value.trim().toLowerCase() : '';
    if (isUuid(id)) return id;
  }
  return null;
}

function readWebUrl(value: unknown): string | null {
  const url = typeof value === 'string' ? value.trim() : '';
  if (url.length > MAX_URL_CHARACTERS || !URL.canParse(url)) return null;
  return /^https?:$/.test(new URL(url).protocol) ? url : null;
}
