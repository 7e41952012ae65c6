import { parseRecord } from '../../../shared/json/records.ts';
import { isUuid } from '../../../shared/text/uuid.ts';
import { readInstant } from '../../../shared/time/instant.ts';

/** What a client asks for. */
export type Command = { action: 'show'; token: string } | Answer;

/** What a client answers about an appointment at the start that the page showed. */
export type Answer = {
  action: 'coming' | 'cancel' | 'move';
  token: string;
  eventId: string;
  /** ISO 8601, as `show` gave it. */
  start: string;
};

const ACTIONS = ['coming', 'cancel', 'move'] as const;

/** As `private.client_link_token` makes them. */
const TOKEN_PATTERN = /^[a-km-np-z2-9]{12}$/;

/** Reads the body of a request; null if it is none of the commands. */
export function parseCommand(text: string): Command | null {
  const { action, token, eventId, start } = parseRecord(text) ?? {};
  if (typeof token !== 'string' || !TOKEN_PATTERN.test(token)) return null;
  if (action === 'show') return { action, token };
  const known = ACTIONS.find((name) => name === action);
  if (known === undefined || typeof eventId !== 'string' || !isUuid(eventId)) return null;
  const instant = readInstant(start);
  return instant === null ? null : { action: known, token, eventId, start: instant };
}
