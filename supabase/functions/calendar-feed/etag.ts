/** A tag that is the same for the same bytes, and for no others. */
export async function strongEtag(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `"${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
}

/** Whether the subscriber has these bytes already. Proxies that compress make a tag weak. */
export function isUnchanged(ifNoneMatch: string | null, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}
