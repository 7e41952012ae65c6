/** The bytes of a request, or the reason why they were not read to the end. */
export type ReadBody =
  | { ok: true; bytes: Uint8Array<ArrayBuffer> }
  | { ok: false; code: 'payload_too_large' };

/**
 * Reads a body of at most `maxBytes`. A larger declared length is refused at once; since the
 * declaration may lie or be absent, the bytes are counted as they come, too.
 */
export async function readBody(request: Request, maxBytes: number): Promise<ReadBody> {
  if (Number(request.headers.get('content-length')) > maxBytes) return tooLarge(request);

  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) return { ok: false, code: 'payload_too_large' };
    chunks.push(chunk);
  }
  return { ok: true, bytes: concatenate(chunks, length) };
}

async function tooLarge(request: Request): Promise<ReadBody> {
  await request.body?.cancel();
  return { ok: false, code: 'payload_too_large' };
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
