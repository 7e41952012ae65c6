/** How browsers may call a function from a page at another address. */
export type Cors = { methods: string; headers: string };

/**
 * Lets pages of any origin read the answers. That gives nobody rights: the functions know a caller by
 * what the page sends, never by a cookie.
 */
export function withCors(response: Response, { methods, headers }: Cors): Response {
  const { status, statusText, body } = response;
  const allowed = new Headers(response.headers);
  allowed.set('access-control-allow-origin', '*');
  allowed.set('access-control-allow-methods', methods);
  allowed.set('access-control-allow-headers', headers);
  // For as long as browsers keep such an answer at most.
  allowed.set('access-control-max-age', '7200');
  return new Response(body, { status, statusText, headers: allowed });
}
