import { parseObject } from '../_shared/parse-object.ts';
import { readBody } from '../_shared/read-body.ts';

/** What a caller asks for. `goOn`: only to send what a run before has planned and left. */
export type Command = { dryRun: boolean; goOn: boolean; at: Date | null };

/** The command, or why it is none. */
export type ReadCommand =
  | { ok: true; command: Command }
  | { ok: false; code: 'payload_too_large' | 'invalid_request' };

const MAX_BODY_BYTES = 4096;

/** Without a zone the time would mean something else on every machine. */
const ZONED_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Reads the body of a request. None at all asks for an ordinary run. */
export async function readCommand(request: Request): Promise<ReadCommand> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body.ok) return body;
  const command = parseCommand(new TextDecoder().decode(body.bytes));
  return command === null ? { ok: false, code: 'invalid_request' } : { ok: true, command };
}

function parseCommand(text: string): Command | null {
  if (text.trim() === '') return { dryRun: false, goOn: false, at: null };
  const members = parseObject(text);
  if (members === null) return null;

  const { dryRun = false, goOn = false, at = null } = members;
  if (typeof dryRun !== 'boolean' || typeof goOn !== 'boolean') return null;
  if (at === null) return { dryRun, goOn, at };
  const time = typeof at === 'string' && ZONED_TIME.test(at) ? new Date(at) : null;
  return time === null || Number.isNaN(time.getTime()) ? null : { dryRun, goOn, at: time };
}
