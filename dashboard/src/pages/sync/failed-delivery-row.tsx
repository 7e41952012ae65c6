import type { FailedDelivery } from '../../../../shared/calendar/sync.ts';
import { useT } from '../../i18n/use-language.tsx';
import { useClock } from '../../time/use-clock.ts';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { useDeliveryText } from './use-delivery-text.ts';

/** A delivery that was not applied; `replay` is null for members who may not replay it. */
export function FailedDeliveryRow({ delivery, busy, replay }: {
  delivery: FailedDelivery;
  busy: boolean;
  replay: ((logId: string) => void) | null;
}) {
  const t = useT();
  const { formatDate, formatTime } = useClock();
  const { triggerText, reasonText } = useDeliveryText();
  const {
    log_id: logId,
    status,
    attempts,
    next_attempt_at: next,
    created_at: receivedAt,
    booking,
  } = delivery;
  const moment = (instant: string) => `${formatDate(instant)}, ${formatTime(instant)}`;
  const when = moment(receivedAt);
  const type = triggerText(delivery.webhook_type);
  return (
    <li class='row'>
      <div>
        <p>
          <strong>{type}</strong> <span class='muted'>{when}</span>
        </p>
        {booking && (
          <p class='failed-booking'>
            {[
              booking.booker ?? booking.title ?? t('sync.unknownBooker'),
              booking.start_time && moment(booking.start_time),
            ].filter(Boolean).join(', ')} {booking.phone && (
              <PhoneLink
                phone={booking.phone}
                name={booking.booker ?? t('sync.unknownBooker')}
              />
            )}
          </p>
        )}
        <p>{reasonText(delivery)}</p>
        <p class='muted'>
          {t('sync.attempts', { count: attempts })},{' '}
          {next ? t('sync.nextTry', { when: moment(next) }) : t('sync.noNextTry')}
        </p>
      </div>
      <div class='failed-actions'>
        <span class={`badge badge--${status}`}>
          {status === 'processing' ? t('sync.waits') : t('sync.error')}
        </span>
        {replay && (
          <button
            type='button'
            class='button button--small'
            aria-disabled={busy}
            aria-label={t('sync.replayOf', { type, when })}
            onClick={() => !busy && replay(logId)}
          >
            {busy ? t('sync.replaying') : t('sync.replay')}
          </button>
        )}
      </div>
    </li>
  );
}
