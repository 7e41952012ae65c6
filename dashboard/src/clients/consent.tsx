import type { ClientDetails } from '../../../shared/calendar/clients.ts';
import { type Step, useActions } from '../actions/actions.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';

const NO_CONSENT = {
  has_gdpr_consent: false,
  gdpr_consent_date: null,
  gdpr_consent_source: null,
};

/** A client's consent to SMS, since when and from where; records or withdraws it. */
export function Consent({ client }: { client: ClientDetails }) {
  const t = useT();
  const { act, isBusy } = useActions();
  const { formatDate } = useClock();
  const { id, has_gdpr_consent: given, gdpr_consent_date: at, gdpr_consent_source: source } =
    client;

  const withdraw: Step = {
    run: (calendar) => calendar.withdrawConsent(id),
    shows: { rowId: id, change: NO_CONSENT },
  };
  /** Undoing a withdrawal keeps the time at which the client agreed. */
  const record: Step = {
    run: (calendar) => calendar.recordConsent(id, at ?? undefined),
    shows: {
      rowId: id,
      change: {
        has_gdpr_consent: true,
        gdpr_consent_date: at ?? new Date().toISOString(),
        gdpr_consent_source: 'salon',
      },
    },
  };
  return (
    <div class='consent'>
      <p>
        <strong>{given ? t('act.consent.given') : t('act.consent.missing')}</strong>
        <br />
        <span class='muted'>
          {given
            ? [
              at && t('act.consent.since', { date: formatDate(at) }),
              source &&
              t(`act.consent.${source}`),
            ].filter(Boolean).join(', ')
            : t('act.consent.noSms')}
        </span>
      </p>
      <button
        type='button'
        class='button'
        aria-disabled={isBusy}
        onClick={() =>
          given
            ? act({ ...withdraw, done: t('act.consent.withdrawn'), undo: record })
            : act({ ...record, done: t('act.consent.recorded'), undo: withdraw })}
      >
        {given ? t('act.consent.withdraw') : t('act.consent.record')}
      </button>
    </div>
  );
}
