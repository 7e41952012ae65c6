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
