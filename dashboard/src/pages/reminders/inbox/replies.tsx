import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { usePolling } from '../../../data/live.tsx';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { Message } from '../../../ui/states.tsx';
import { ReminderList } from '../reminder-list.tsx';
import { usePages } from '../use-pages.ts';
import { ReplyRow } from './reply-row.tsx';

const POLL_MS = 15_000;

/** The replies that a person has to read, the newest first. */
export function Replies() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const pages = usePages();
  const query = useQuery({
    queryKey: ['replies', salon.id, pages.limit],
    queryFn: () => calendar.getReplies({ salonId: salon.id, limit: pages.limit }),
    placeholderData: keepPreviousData,
    refetchInterval: usePolling(POLL_MS),
  });
  return (
    <Loaded query={query}>
      {(replies) =>
        replies.length === 0
          ? (
            <Message title={t('sms.inbox.empty')} icon='message'>
              {t('sms.inbox.emptyNext')}
            </Message>
          )
          : (
            <ReminderList count={replies.length} pages={pages}>
              {replies.map((reply) => <ReplyRow key={reply.id} reply={reply} />)}
            </ReminderList>
          )}
    </Loaded>
  );
}
