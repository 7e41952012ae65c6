import type { FailedDelivery } from '../../../../shared/calendar/sync.ts';
import type { Messages } from '../../i18n/pl/index.ts';
import { useT } from '../../i18n/use-language.tsx';

type Trigger = keyof Messages['sync']['trigger'];

/** Why a delivery changed nothing. BarkBook's own deliveries have no reason. */
type Unapplied = Pick<FailedDelivery, 'reason'>;

/** Says what a delivery was about and why it changed nothing. */
export function useDeliveryText() {
  const t = useT();
  const triggers = t('sync.trigger', { returnObjects: true });
  const reasons = t('sync.reason', { returnObjects: true });
  const isTrigger = (name: string): name is Trigger => name in triggers;

  return {
    triggerText: (type: string) => isTrigger(type) ? triggers[type] : type,
    reasonText: ({ reason }: Unapplied) =>
      reason === null ? t('sync.unexplained') : reasons[reason] ?? t('sync.unexplained'),
  };
}
