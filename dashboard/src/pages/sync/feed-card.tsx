import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { useCalendar, useFeedUrl } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { useClock } from '../../time/use-clock.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { useErrorText } from '../../ui/states.tsx';
import { FeedAddress } from './feed-address.tsx';

/** Manages the address with which other calendar programs subscribe to the salon. */
export function FeedCard() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const feedUrl = useFeedUrl();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const { formatDate } = useClock();
  const key = ['feed', salon.id];
  const query = useQuery({ queryKey: key, queryFn: () => calendar.getCalendarFeed(salon.id) });
  const refresh = () => queries.invalidateQueries({ queryKey: key });
  const rotate = useMutation({
    mutationFn: () => calendar.rotateCalendarFeedToken(salon.id),
    onSuccess: refresh,
  });
  const show = useMutation({
    mutationFn: (shows_clients: boolean) => calendar.setCalendarFeed(salon.id, { shows_clients }),
    onSuccess: refresh,
  });
  const revoke = useMutation({
    mutationFn: () => calendar.revokeCalendarFeed(salon.id),
    onSuccess: () => {
      rotate.reset();
      return refresh();
    },
  });
  const failure = rotate.error ?? show.error ?? revoke.error;
  const isOwner = salon.role === 'owner';
  return (
    <section class='card section'>
      <h2>{t('feed.title')}</h2>
      <p class='muted'>{t('feed.hint')}</p>
      <Loaded query={query}>
        {(feed) => (
          <>
            <p>{feed ? t('feed.on', { date: formatDate(feed.created_at) }) : t('feed.off')}</p>
            {rotate.data && feed && (
              <FeedAddress
                key={rotate.data}
                address={feedUrl(rotate.data)}
              />
            )}
            {feed && (
              <label class='choice'>
                <input
                  type='checkbox'
                  disabled={!isOwner}
                  checked={feed.shows_clients}
                  onChange={(event) => show.mutate(event.currentTarget.checked)}
                />
                <span>
                  {t('feed.showsClients')}
                  <small>{t('feed.showsClientsHint')}</small>
                </span>
              </label>
            )}
            {isOwner
              ? (
                <div class='feed-actions'>
                  <button
                    type='button'
                    class='button'
                    onClick={() => {
                      if (!feed || confirm(t('feed.rotateSure'))) rotate.mutate();
                    }}
                  >
                    {feed ? t('feed.rotate') : t('feed.create')}
                  </button>
                  {feed && (
                    <button
                      type='button'
                      class='button button--quiet'
                      onClick={() => {
                        if (confirm(t('feed.revokeSure'))) revoke.mutate();
                      }}
                    >
                      {t('feed.revoke')}
                    </button>
                  )}
                </div>
              )
              : <p class='muted'>{t('feed.ownerOnly')}</p>}
          </>
        )}
      </Loaded>
      <div role='status'>
        {failure && <p class='notice notice--bad'>{errorText(failure)}</p>}
      </div>
    </section>
  );
}
