/** Pages of any origin may call a function that knows its callers by what they send, not by cookies. */
const ALLOW_ORIGIN = { 'access-control-allow-origin': '*' };

/** Answers a browser that asks whether a page may call (https://fetch.spec.whatwg.org/#cors-preflight-fetch). */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...ALLOW_ORIGIN,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, apikey, content-type, x-client-info',
      'access-control-max-age': '3600',
    },
  });
}

/** The answer, readable for pages of any origin, with the time after which they may ask again. */
export function readableByPages(response: Response): Response {
  for (const [name, value] of Object.entries(ALLOW_ORIGIN)) response.headers.set(name, value);
  response.headers.set('access-control-expose-headers', 'retry-after');
  return response;
}
