/** The bytes of a request body, or why they were not read. */
export type ReadBody =
  | { ok: true; bytes: Uint8Array<ArrayBuffer> }
  | { ok: false; code: 'payload_too_large' | 'request_timeout' };

/** How much is discarded beyond the limit, so that the sender still reads our answer. */
const MAX_DISCARDED_BYTES = 1024 * 1024;

/** How long a body may take. Cal.com and the SMS providers send theirs at once. */
const BODY_TIMEOUT_MS = 10_000;

/** Reads a body of at most `maxBytes`, which must end within `timeoutMs`. */
export async function readBody(
  request: Request,
  maxBytes: number,
  timeoutMs = BODY_TIMEOUT_MS,
): Promise<ReadBody> {
  const late = Promise.withResolvers<ReadBody>();
  const timer = setTimeout(() => late.resolve({ ok: false, code: 'request_timeout' }), timeoutMs);
  try {
    // The server closes the connection after the answer, which ends a reading that lost this race.
    return await Promise.race([readWhole(request, maxBytes), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function readWhole(request: Request, maxBytes: number): Promise<ReadBody> {
  // HTTP servers end a body at its declared length, so it is read at once, unless it comes in chunks,
  // which outweigh the length (RFC 9112, section 6.3).
  const declared = request.headers.has('transfer-encoding')
    ? NaN
    : Number(request.headers.get('content-length') ?? NaN);
  const bytes = declared <= maxBytes
    ? new Uint8Array(await request.arrayBuffer())
    : await readChunks(request, maxBytes);
  return bytes !== null && bytes.byteLength <= maxBytes
    ? { ok: true, bytes }
    : { ok: false, code: 'payload_too_large' };
}

/**
 * Reads a body of unknown length, or one that says that it is too long; null if it is. The bytes
 * are counted while reading, and those beyond the limit are not kept.
 */
async function readChunks(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length <= maxBytes) chunks.push(chunk);
    else if (length > maxBytes + MAX_DISCARDED_BYTES) break;
  }
  return length > maxBytes ? null : concatenate(chunks, length);
}

function concatenate(chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
