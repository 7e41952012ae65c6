import { useState } from 'preact/hooks';

const PREFIX = 'barkbook-draft-';
const OWNER_KEY = 'barkbook-drafts-of';

/** Dispatched when a draft was saved or discarded. */
export const DRAFT_FORGOTTEN = 'barkbook-draft-forgotten';

/**
 * A draft of something stored. What was changed and not saved outlasts the page and the session, in
 * this tab, until it is saved or discarded.
 *
 * @param name What it is a draft of.
 */
export function useDraft<Draft extends object>(name: string, stored: Draft) {
  const key = PREFIX + name;
  const [changes, setChanges] = useState(() => readChanges<Draft>(key));

  function keep(kept: Partial<Draft>) {
    sessionStorage.setItem(key, JSON.stringify(kept));
    setChanges(kept);
  }

  return {
    draft: { ...stored, ...changes },
    /** What differs from what is stored; the same object until something else is changed. */
    changes,
    isChanged: Object.keys(changes).length > 0,
    change: (part: Partial<Draft>) => keep({ ...changes, ...part }),
    discard: () => {
      forgetDraft(name);
      setChanges({});
    },
  };
}

/** The names of the drafts that begin like this. */
export function draftNames(start: string): string[] {
  const key = PREFIX + start;
  return Object.keys(sessionStorage).filter((name) => name.startsWith(key))
    .map((name) => name.slice(PREFIX.length));
}

/** Forgets a draft. */
export function forgetDraft(name: string): void {
  sessionStorage.removeItem(PREFIX + name);
  dispatchEvent(new Event(DRAFT_FORGOTTEN));
}

/** Forgets all drafts in this tab unless they are this user's: a salon's tablet has many users. */
export function keepDraftsOf(userId: string): void {
  if (sessionStorage.getItem(OWNER_KEY) === userId) return;
  forgetDrafts();
  sessionStorage.setItem(OWNER_KEY, userId);
}

/** Forgets all drafts in this tab. */
export function forgetDrafts(): void {
  sessionStorage.clear();
}

function readChanges<Draft>(key: string): Partial<Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}
