import { toHex } from './hex.ts';

/**
 * The SHA-256 of a body as lower-case hex. Cal.com gives its deliveries no id, but repeats one
 * byte for byte, so copies of one delivery have the same key.
 */
export async function deliveryKey(rawBody: BufferSource): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', rawBody));
}
