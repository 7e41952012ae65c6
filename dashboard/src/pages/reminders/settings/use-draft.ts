import { useState } from 'preact/hooks';

/**
 * A draft of something stored. What was changed and not saved outlasts the page, in this tab, until
 * it is saved or discarded.
 *
 * @param name What it is a draft of.
 */
export function useDraft<Draft extends object>(name: string, stored: Draft) {
  const key = `barkbook-settings-${name}`;
  const [changes, setChanges] = useState(() => readChanges<Draft>(key));

  function keep(kept: Partial<Draft>) {
    sessionStorage.setItem(key, JSON.stringify(kept));
    setChanges(kept);
  }

  return {
    draft: { ...stored, ...changes },
    isChanged: Object.keys(changes).length > 0,
    change: (part: Partial<Draft>) => keep({ ...changes, ...part }),
    discard: () => {
      sessionStorage.removeItem(key);
      setChanges({});
    },
  };
}

function readChanges<Draft>(key: string): Partial<Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}
