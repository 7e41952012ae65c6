import type { DeliveryTrigger } from './calendar-booking.ts';
import { ownMember } from '../json/records.ts';
import { isUuid } from '../text/uuid.ts';

const MAX_URL_CHARACTERS = 2000;

/** The client and the pet a booking link names. Anyone can write such a link. */
export type LinkedIds = { clientId: string | null; petId: string | null };

/**
 * Reads the ids BarkBook puts into `metadata` of its booking links; its older links say groomio.
 * In BOOKING_PAID Cal.com replaces the metadata by those of the payment.
 */
export function readLinkedIds(trigger: DeliveryTrigger, metadata: unknown): LinkedIds {
  if (trigger === 'BOOKING_PAID') return { clientId: null, petId: null };
  return {
    clientId: firstUuid(metadata, ['barkbookClientId', 'groomioClientId']),
    petId: firstUuid(metadata, ['barkbookPetId', 'groomioPetId']),
  };
}

/** Where to join: Cal.com puts the link into the metadata, newer servers into the location. */
export function readMeetingUrl(metadata: unknown, location: unknown): string | null {
  return readWebUrl(ownMember(metadata, 'videoCallUrl')) ?? readWebUrl(location);
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
