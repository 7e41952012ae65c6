import { timingSafeEqual } from 'std/crypto/timing_safe_equal.ts';

/** The SHA-256 of a secret. */
export type SecretHash = Uint8Array<ArrayBuffer>;

/** Hashes a secret. Hashes are compared instead of secrets, because all have the same length. */
export async function hashSecret(secret: string): Promise<SecretHash> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret)));
}

/** Compares two hashes in constant time. */
export function isSameHash(a: SecretHash, b: SecretHash): boolean {
  return timingSafeEqual(a, b);
}
