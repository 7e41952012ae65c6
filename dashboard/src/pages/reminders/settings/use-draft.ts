import { useState } from 'preact/hooks';
import type { SmsSettings } from '../../../../../shared/calendar/reminders.ts';
import { type Draft, draftOf } from './draft.ts';

/**
 * The draft of a salon's settings. What was changed and not saved outlasts the page, in this tab,
 * until it is saved or discarded.
 */
export function useDraft(salonId: string, settings: SmsSettings | null) {
  const key = `barkbook-settings-${salonId}`;
  const [changes, setChanges] = useState(() => readChanges(key));

  function keep(kept: Partial<Draft>) {
    sessionStorage.setItem(key, JSON.stringify(kept));
    setChanges(kept);
  }

  return {
    draft: { ...draftOf(settings), ...changes },
    isChanged: Object.keys(changes).length > 0,
    change: (part: Partial<Draft>) => keep({ ...changes, ...part }),
    discard: () => {
      sessionStorage.removeItem(key);
      setChanges({});
    },
  };
}

function readChanges(key: string): Partial<Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}
