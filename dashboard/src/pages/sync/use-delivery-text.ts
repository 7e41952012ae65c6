import { useT } from '../../i18n/use-language.tsx';
import type { Messages } from '../../i18n/pl/index.ts';

type Trigger = keyof Messages['sync']['trigger'];
type Reason = keyof Messages['sync']['reason'];

/** What is known of a delivery that changed nothing. */
type Explained = { action: string | null; reason?: string | null; error_message?: string | null };

/** By how an error_message begins: see the table in README. */
const BY_MESSAGE: readonly [start: string, reason: Reason][] = [
  ['Waits for the booking', 'booking_unknown'],
  ['Failed to find salon', 'salon_not_found'],
  ['Invalid payload', 'invalid_payload'],
  ['Failed to create event: this booking belongs to another salon', 'other_salon'],
  ['Failed to create event', 'apply_failed'],
];

/** Says what a delivery was about and why it changed nothing. */
export function useDeliveryText() {
  const t = useT();
  const triggers = t('sync.trigger', { returnObjects: true });
  const reasons = t('sync.reason', { returnObjects: true });
  const isTrigger = (name: string): name is Trigger => name in triggers;
  const isReason = (name: string | null | undefined): name is Reason => !!name && name in reasons;

  return {
    triggerText: (type: string) => isTrigger(type) ? triggers[type] : type,
    reasonText: ({ action, reason, error_message: message }: Explained) => {
      if (isReason(reason)) return reasons[reason];
      const known = BY_MESSAGE.find(([start]) => message?.startsWith(start));
      if (known) return reasons[known[1]];
      return isReason(action) ? reasons[action] : message ?? t('sync.unexplained');
    },
  };
}
