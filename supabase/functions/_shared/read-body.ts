/** The bytes of a request body, or why they were not read. */
export type ReadBody =
  | { ok: true; bytes: Uint8Array<ArrayBuffer> }
  | { ok: false; code: 'payload_too_large' };

/** How much is discarded beyond the limit, so that the sender still reads our answer. */
const MAX_DISCARDED_BYTES = 1024 * 1024;

/**
 * Reads a body of at most `maxBytes`. The declared length may be wrong or absent, so the bytes are
 * counted while reading, and those beyond the limit are not kept.
 */
export async function readBody(request: Request, maxBytes: number): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length <= maxBytes) chunks.push(chunk);
    else if (length > maxBytes + MAX_DISCARDED_BYTES) break;
  }
  if (length > maxBytes) return { ok: false, code: 'payload_too_large' };
  return { ok: true, bytes: concatenate(chunks, length) };
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
