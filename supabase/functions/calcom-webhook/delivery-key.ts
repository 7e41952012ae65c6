import { sha256Hex } from '../../../shared/text/hex.ts';

/**
 * The key of a delivery: the SHA-256 of its body. Cal.com's deliveries have no id, but it repeats
 * them byte for byte, so copies have the same key.
 */
export async function deliveryKey(rawBody: BufferSource): Promise<string> {
  return await sha256Hex(rawBody);
}
