/** HMAC-SHA256, with which Cal.com signs. */
export const HMAC_SHA256 = { name: 'HMAC', hash: 'SHA-256' };

/** Two for each salon whose secrets an isolate remembers; a forgotten key is imported again. */
const MAX_KEYS = 2_000;

const imported = new Map<string, CryptoKey>();

/**
 * The key of a secret, imported once. If there are too many keys, the one imported first is
 * forgotten; whether a secret is valid is the caller's decision alone.
 *
 * @throws RangeError if the secret is empty.
 */
export async function hmacKey(secret: string): Promise<CryptoKey> {
  if (secret === '') throw new RangeError('A secret cannot be empty');
  const known = imported.get(secret);
  if (known !== undefined) return known;

  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, HMAC_SHA256, false, ['sign', 'verify']);
  imported.set(secret, key);
  const [first] = imported.keys();
  if (imported.size > MAX_KEYS && first !== undefined) imported.delete(first);
  return key;
}
