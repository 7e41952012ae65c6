import { fromHex, toHex } from '../text/hex.ts';
import { HMAC_SHA256, hmacKey } from './hmac-key.ts';

/** The header with Cal.com's signature. */
export const SIGNATURE_HEADER = 'x-cal-signature-256';

/** Why a delivery is not authentic. */
export type SignatureErrorCode =
  | 'signature_missing'
  | 'signature_unsigned'
  | 'signature_malformed'
  | 'signature_mismatch';

/** The text of an authentic body, or why it is refused. */
export type VerifiedBody = { ok: true; text: string } | { ok: false; code: SignatureErrorCode };

/** The bytes of a well-formed signature, or why there are none. */
export type ReadSignature =
  | { ok: true; signature: Uint8Array<ArrayBuffer> }
  | { ok: false; code: Exclude<SignatureErrorCode, 'signature_mismatch'> };

/** What Cal.com sends instead of a signature if its webhook has no secret. */
const UNSIGNED = 'no-secret-provided';

/** Cal.com sends bare hex; some documents and proxies put the algorithm in front. */
const SIGNATURE_PATTERN = /^(?:sha256=)?([0-9a-f]{64})$/i;

/** Reads the header, without verifying anything. */
export function readSignature(header: string | null): ReadSignature {
  const given = header?.trim() ?? '';
  if (given === '') return { ok: false, code: 'signature_missing' };
  if (given === UNSIGNED) return { ok: false, code: 'signature_unsigned' };

  const hex = SIGNATURE_PATTERN.exec(given)?.[1];
  return hex === undefined
    ? { ok: false, code: 'signature_malformed' }
    : { ok: true, signature: fromHex(hex) };
}

/**
 * Returns the text of a body if the header has the hex HMAC-SHA256 of exactly these bytes under any
 * of the secrets, so that an old and a new secret can be in use at the same time. There is no other
 * way to the text.
 *
 * @throws RangeError if there are no secrets, or one is empty.
 */
export async function verifySignature(
  rawBody: BufferSource,
  header: string | null,
  secrets: readonly string[],
): Promise<VerifiedBody> {
  if (secrets.length === 0) throw new RangeError('No secret to verify with');
  const read = readSignature(header);
  if (!read.ok) return read;

  for (const secret of secrets) {
    // WebCrypto compares in constant time.
    if (await crypto.subtle.verify(HMAC_SHA256, await hmacKey(secret), read.signature, rawBody)) {
      return { ok: true, text: new TextDecoder().decode(rawBody) };
    }
  }
  return { ok: false, code: 'signature_mismatch' };
}

/**
 * Signs a body as Cal.com does: 64 lower-case hex characters.
 *
 * @throws RangeError if the secret is empty.
 */
export async function signBody(rawBody: BufferSource, secret: string): Promise<string> {
  return toHex(await crypto.subtle.sign(HMAC_SHA256, await hmacKey(secret), rawBody));
}

/** A shorter secret can be guessed from one signed delivery. */
export const MIN_SECRET_CHARACTERS = 16;

/** Splits a comma-separated list of secrets; an empty list means that none are configured. */
export function parseSecrets(list: string | undefined): string[] {
  return (list ?? '').split(',').map((secret) => secret.trim()).filter((secret) => secret !== '');
}
