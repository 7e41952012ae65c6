import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** A body as it is sent. */
export type Encoded = { body: Uint8Array; encoding: 'br' | 'gzip' | null };

/** Text; fonts and pictures are compressed already. */
const COMPRESSIBLE = /^text\/|^application\/json|^image\/svg/;

/** Below this, a packet holds the body anyway. */
const MIN_BYTES = 1024;

/** Fast enough to compress on each request, and close to what hosts reach. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Compresses a body if its type gains from that and the browser understands it. */
export async function encode(
  request: IncomingMessage,
  type: string,
  body: Uint8Array,
): Promise<Encoded> {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (body.length < MIN_BYTES || !COMPRESSIBLE.test(type)) return { body, encoding: null };
  if (accepts(accepted, 'br')) return { body: await compressBrotli(body, BROTLI), encoding: 'br' };
  if (accepts(accepted, 'gzip')) return { body: await compressGzip(body), encoding: 'gzip' };
  return { body, encoding: null };
}

/** Whether an Accept-Encoding names an encoding, other than to refuse it with `;q=0`. */
function accepts(accepted: string, encoding: string): boolean {
  return accepted.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((text) => text.trim());
    return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
