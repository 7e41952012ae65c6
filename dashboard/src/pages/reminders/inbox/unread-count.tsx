import { useT } from '../../../i18n/use-language.tsx';
import { useUnreadCount } from './use-inbox.ts';

const MOST_SHOWN = 99;

/** How much waits in the inbox; nothing if nothing does. */
export function UnreadCount() {
  const t = useT();
  const count = useUnreadCount();
  if (count === 0) return null;
  return (
    <>
      <span class='count' aria-hidden='true'>
        {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
      </span>
      <span class='visually-hidden'>, {t('sms.inbox.toCheck', { count })}</span>
    </>
  );
}
