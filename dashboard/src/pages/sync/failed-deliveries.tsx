import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { useCalendar } from '../../data/backend.tsx';
import { usePolling } from '../../data/live.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Message, useErrorText } from '../../ui/states.tsx';
import { FailedDeliveryRow } from './failed-delivery-row.tsx';
import { ReplayNotice } from './replay-notice.tsx';

const POLL_MS = 15_000;

/** The deliveries that were not applied, with the reason and a button to replay them. */
export function FailedDeliveries() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const query = useQuery({
    queryKey: ['failed', salon.id],
    queryFn: () => calendar.getFailedDeliveries({ salonId: salon.id }),
    refetchInterval: usePolling(POLL_MS),
  });
  const replay = useMutation({
    mutationFn: (logId: string) => calendar.replayDelivery(logId),
    // Whatever the result, counts, charts and appointments may have changed.
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <section class='section'>
      <h2>{t('sync.failed')}</h2>
      <div role='status'>
        {replay.isSuccess && <ReplayNotice answer={replay.data} />}
        {replay.isError && <p class='notice notice--bad'>{errorText(replay.error)}</p>}
      </div>
      <Loaded query={query}>
        {(deliveries) =>
          deliveries.length === 0
            ? <Message title={t('sync.noFailed')} icon='check'>{t('sync.noFailedNext')}</Message>
            : (
              <>
                <ul class='card rows'>
                  {deliveries.map((delivery) => (
                    <FailedDeliveryRow
                      key={delivery.log_id}
                      delivery={delivery}
                      busy={replay.isPending && replay.variables === delivery.log_id}
                      replay={salon.role === 'owner' ? replay.mutate : null}
                    />
                  ))}
                </ul>
                {salon.role === 'staff' && <p class='muted'>{t('sync.ownerOnly')}</p>}
              </>
            )}
      </Loaded>
    </section>
  );
}
