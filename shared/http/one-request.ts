/**
 * A header that keeps a request from being sent twice.
 *
 * Deno's `fetch` repeats a request by itself, a POST too, if a connection that it kept from an earlier
 * request ends before the answer; the server may have taken it (github.com/denoland/deno/issues/32566).
 * With this header no connection is kept.
 */
export const ONE_REQUEST = { name: 'connection', value: 'close' } as const;
