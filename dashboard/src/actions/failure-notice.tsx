import { CalendarError, type CalendarErrorCode } from '../../../shared/calendar/calendar-error.ts';
import { useT } from '../i18n/use-language.tsx';
import { useErrorText } from '../ui/states.tsx';

/** Where Cal.com's own page can do what we could not, or shows whether it was done. */
const BY_HAND: readonly CalendarErrorCode[] = [
  'key_missing',
  'key_refused',
  'calcom_refused',
  'calcom_unreachable',
];

/** Says why something could not be done, and what to do next. */
export function FailureNotice({ error }: { error: Error }) {
  const t = useT();
  const errorText = useErrorText();
  const url = error instanceof CalendarError && BY_HAND.includes(error.code) ? error.url : null;
  return (
    <div role='alert' class='notice notice--bad outcome'>
      <p>{errorText(error)}</p>
      {url && (
        <a class='button button--small' href={url} target='_blank' rel='noreferrer'>
          {t('act.openCalCom')}
        </a>
      )}
    </div>
  );
}
