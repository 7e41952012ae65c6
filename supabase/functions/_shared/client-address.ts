const MAX_ADDRESS_CHARACTERS = 64;

/**
 * The address that the platform vouches for; empty if it names none.
 *
 * Cloudflare, in front of every hosted project, sets `cf-connecting-ip` itself and replaces what the
 * caller sent (https://developers.cloudflare.com/fundamentals/reference/http-headers/). Elsewhere it
 * is the last hop of `x-forwarded-for`, which the nearest proxy appends; callers choose the others.
 */
export function clientAddress(headers: Headers): string {
  const hops = (headers.get('x-forwarded-for') ?? '').split(',');
  const address = headers.get('cf-connecting-ip') ?? hops.at(-1) ?? '';
  return address.trim().slice(0, MAX_ADDRESS_CHARACTERS);
}
