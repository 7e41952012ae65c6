/** The header Twilio signs in. */
export const TWILIO_SIGNATURE_HEADER = 'x-twilio-signature';

/** 20 bytes in base64. */
const SIGNATURE_PATTERN = /^[A-Za-z0-9+/]{27}=$/;

const HMAC_SHA1 = { name: 'HMAC', hash: 'SHA-1' };

/** A form that was posted, and where Twilio posted it: its public address with the query. */
export type SignedForm = {
  url: string;
  form: URLSearchParams;
  signature: string | null;
  authToken: string;
};

/**
 * Whether Twilio posted this form to this address: the base64 HMAC-SHA1 of the address and the
 * sorted parameters, as twilio-node's `validateRequest` computes it. Like there, the address counts
 * with and without its port, which Twilio includes at times.
 *
 * @throws RangeError when the token is empty, TypeError when the address is none.
 */
export async function verifyTwilioSignature(signed: SignedForm): Promise<boolean> {
  const { url, form, signature, authToken } = signed;
  if (authToken === '') throw new RangeError('An auth token cannot be empty');
  const addresses = portVariants(new URL(url));
  if (signature === null || !SIGNATURE_PATTERN.test(signature)) return false;

  const encoder = new TextEncoder();
  const secret = encoder.encode(authToken);
  const key = await crypto.subtle.importKey('raw', secret, HMAC_SHA1, false, ['verify']);
  const bytes = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0));
  const parameters = concatenate(form);
  for (const address of addresses) {
    const text = encoder.encode(address + parameters);
    // WebCrypto compares in constant time.
    if (await crypto.subtle.verify(HMAC_SHA1, key, bytes, text)) return true;
  }
  return false;
}

function portVariants({ protocol, hostname, port, pathname, search }: URL): string[] {
  const usedPort = port || (protocol === 'https:' ? '443' : '80');
  const origins = [`${protocol}//${hostname}`, `${protocol}//${hostname}:${usedPort}`];
  return origins.map((origin) => `${origin}${pathname}${search}`);
}

/** Names and values without separators; of a name's values each different one once, sorted. */
function concatenate(form: URLSearchParams): string {
  const names = Array.from(new Set(form.keys())).sort();
  return names.flatMap((name) =>
    Array.from(new Set(form.getAll(name))).sort().map((value) => `${name}${value}`)
  ).join('');
}
