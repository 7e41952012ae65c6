import { sha256Hex } from '../../../shared/text/hex.ts';

/**
 * The SHA-256 of a body as lower-case hex. Cal.com gives its deliveries no id, but repeats one
 * byte for byte, so copies of one delivery have the same key.
 */
export async function deliveryKey(rawBody: BufferSource): Promise<string> {
  return await sha256Hex(rawBody);
}
