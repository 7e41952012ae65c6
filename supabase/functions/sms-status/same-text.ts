/** Whether two texts are the same, told in a time that says nothing about where they differ. */
export async function sameText(one: string, other: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const algorithm: HmacKeyGenParams = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const signature = await crypto.subtle.sign(algorithm, key, encoder.encode(one));
  // WebCrypto compares in constant time.
  return await crypto.subtle.verify(algorithm, key, signature, encoder.encode(other));
}
