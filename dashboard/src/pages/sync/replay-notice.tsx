import type { ReplayAnswer } from '../../../../shared/calendar/sync.ts';
import { useT } from '../../i18n/use-language.tsx';
import { useDeliveryText } from './use-delivery-text.ts';

/** The result of a replay. */
export function ReplayNotice({ answer }: { answer: ReplayAnswer }) {
  const t = useT();
  const { reasonText } = useDeliveryText();
  switch (answer.action) {
    case 'applied':
      return <p class='notice notice--good'>{t('sync.replayed')}</p>;
    case 'stale':
      return <p class='notice notice--good'>{t('sync.nothingNew')}</p>;
    default:
      return (
        <p class='notice notice--warn'>
          {t('sync.stillFails', { reason: reasonText(answer) })}
        </p>
      );
  }
}
