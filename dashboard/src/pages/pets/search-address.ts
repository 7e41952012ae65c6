const PREFIX = '#/pets/search/';

/** The address of a search, which keeps its text for a reload and for Back. */
export function searchAddress(text: string): string {
  return text === '' ? '/pets' : `/pets/search/${encodeURIComponent(text)}`;
}

/**
 * The text that is searched for according to the address. Read from the browser, because the router
 * decodes a part of the escapes only.
 */
export function searchedText(hash = location.hash): string {
  if (!hash.startsWith(PREFIX)) return '';
  try {
    return decodeURIComponent(hash.slice(PREFIX.length));
  } catch {
    return '';
  }
}
