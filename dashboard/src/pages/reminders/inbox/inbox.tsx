import { useT } from '../../../i18n/use-language.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { ChangeRequests } from './change-requests.tsx';
import { Replies } from './replies.tsx';
import { useChangeRequests } from './use-inbox.ts';

/** What clients answered: who wants to cancel or move, and messages to read. */
export function Inbox() {
  const t = useT();
  const requests = useChangeRequests();
  return (
    <div class='stack'>
      <Loaded query={requests}>
        {(appointments) => <ChangeRequests appointments={appointments} />}
      </Loaded>
      <section aria-label={t('sms.inbox.replies')}>
        <h2 class='list-title'>{t('sms.inbox.replies')}</h2>
        <Replies />
      </section>
    </div>
  );
}
