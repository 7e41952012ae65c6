import { readInstant } from '../../../shared/calcom/instant.ts';
import { parseObject } from '../_shared/parse-object.ts';
import { readBody } from '../_shared/read-body.ts';
import type { Only } from './run.ts';

/**
 * What a caller asks for: all salons that are due, or one. `wait`: answer when the run is over.
 * `reparse`: try again to read deliveries that could not be read.
 */
export type Command =
  | { kind: 'sync'; only: Only | null; wait: boolean }
  | { kind: 'reparse' };

/** The command, or why it is none. */
export type ReadCommand =
  | { ok: true; command: Command }
  | { ok: false; code: 'payload_too_large' | 'invalid_request' };

const MAX_BODY_BYTES = 4096;
const UUID_PATTERN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the body of a request. None at all asks for an ordinary run. */
export async function readCommand(request: Request): Promise<ReadCommand> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body.ok) return body;
  const command = parseCommand(new TextDecoder().decode(body.bytes));
  return command === null ? { ok: false, code: 'invalid_request' } : { ok: true, command };
}

function parseCommand(text: string): Command | null {
  const members = text.trim() === '' ? {} : parseObject(text);
  if (members === null) return null;

  const { salonId = null, from = null, wait = false, reparse = false } = members;
  if (typeof wait !== 'boolean' || typeof reparse !== 'boolean') return null;
  if (reparse) return salonId === null && from === null ? { kind: 'reparse' } : null;
  if (salonId === null) return from === null && !wait ? { kind: 'sync', only: null, wait } : null;
  if (typeof salonId !== 'string' || !UUID_PATTERN.test(salonId)) return null;

  const instant = readInstant(from);
  if (from !== null && instant === null) return null;
  return { kind: 'sync', only: { salonId, from: instant }, wait };
}
