/** A JSON object whose members have not been checked yet. */
export type UnknownRecord = Record<string, unknown>;

/** Whether a value is a JSON object: not an array, null or scalar. */
export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON object's own member, never an inherited one; undefined for anything else. */
export function ownMember(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Parses a JSON object; null if the text is not one. */
export function parseRecord(text: string): UnknownRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
