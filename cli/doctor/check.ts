import type { Target } from '../target/target.ts';

/** What a check found: all is well, something is wrong and what to do, or it cannot judge. */
export type Verdict =
  | { ok: true; detail: string }
  | { ok: false; problem: string; next: string }
  | { ok: null; reason: string };

/** One thing that can be wrong. */
export type Check = {
  /** How people and monitors recognize it. */
  name: string;
  /** The check without whose success this one cannot judge. */
  needs?: string;
  /** How long it may take; see DEFAULT_LIMIT_MS. */
  limitMs?: number;
  /** Changes nothing. What it throws is its problem. */
  run(target: Target, env: NodeJS.ProcessEnv): Promise<Verdict>;
};

/** The verdict of a check. */
export type Finding = Verdict & { name: string };

/** Everything is as it should be. */
export const passed = (detail: string): Verdict => ({ ok: true, detail });

/** Something is wrong; `next` is the command, or the step, that helps. */
export const failed = (problem: string, next: string): Verdict => ({ ok: false, problem, next });

/** It cannot be known, for a reason that is no fault. */
export const unjudged = (reason: string): Verdict => ({ ok: null, reason });

const MAX_ITEMS = 5;

/** Names a few of many: at most five, and how many more there are. */
export function listed(items: readonly string[]): string {
  const shown = items.slice(0, MAX_ITEMS);
  const more = items.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
