import type { ReminderLogEntry } from '../../../../shared/calendar/reminders.ts';
import { useT } from '../../i18n/use-language.tsx';
import type { Messages } from '../../i18n/pl/index.ts';

type Reason = keyof Messages['reasons'];

/** Returns a function that explains why a reminder was not sent, or not yet; null if it was. */
export function useReasonText(): (
  entry: Pick<ReminderLogEntry, 'outcome' | 'reason' | 'status'>,
) => string | null {
  const t = useT();
  return ({ outcome, reason, status }) => {
    const known = t('reasons', { returnObjects: true });
    const key = [reason, status].find((word): word is Reason => word !== null && word in known);
    if (key) return known[key];
    return outcome === 'failed' || outcome === 'skipped' ? known.unknown : null;
  };
}
