import type { Ending } from './store.ts';

/** Why a salon is left before all is done. */
export type Stop = Ending & { error: string };

/** Something went wrong that a later run may do better with. */
export function stopFor(error: string, retryAfterSeconds: number | null = null): Stop {
  return { error, retryAfterSeconds };
}
