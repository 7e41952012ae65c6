/** Stands for the token wherever a text is kept, since whoever knows it can answer for the client. */
const HIDDEN = '#…';

/** As long as a token is, to count the segments of a text before there is a message. */
export const EXAMPLE_TOKEN = 'abcdefghijkm';

/**
 * The address at which a client answers a reminder. The token is in its fragment, which browsers do
 * not send, so that no server on the way has it in a log.
 *
 * @param page The address of the client's page, such as `https://salon.example/c/`.
 */
export function clientLink(page: string, token: string): string {
  return `${page}#${token}`;
}

/** The text as it is kept. Texts that are sent have no `…` of their own: see `cleanText`. */
export function withoutToken(body: string, token: string): string {
  return body.replaceAll(`#${token}`, HIDDEN);
}

/** The text as it was sent. */
export function withToken(body: string, token: string): string {
  return body.replaceAll(HIDDEN, `#${token}`);
}
