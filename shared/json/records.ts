/** A JSON object whose members nobody has looked at yet. */
export type UnknownRecord = Record<string, unknown>;

/** Tells a JSON object from arrays, null and scalars. */
export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of a JSON object, never one its prototype lends; undefined for anything else. */
export function ownMember(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The members of a JSON object; null when the text is none. */
export function parseRecord(text: string): UnknownRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
