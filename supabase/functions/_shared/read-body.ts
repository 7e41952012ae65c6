/** The bytes of a request, or the reason why they were not read to the end. */
export type ReadBody =
  | { ok: true; bytes: Uint8Array<ArrayBuffer> }
  | { ok: false; code: 'payload_too_large' };

/** How much of a body is discarded beyond the limit, so that its sender still reads our answer. */
const MAX_DISCARDED_BYTES = 1024 * 1024;

/**
 * Reads a body of at most `maxBytes`. A declared length is not relied on, since it may lie or be
 * absent: the bytes are counted as they come, and what is beyond the limit is not kept.
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
