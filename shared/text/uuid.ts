const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Whether a text is a UUID in lower case, of any version: Postgres accepts them all, and so must
 * we.
 */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
