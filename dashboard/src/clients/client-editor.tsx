import { useQuery } from '@tanstack/preact-query';
import { useCalendar } from '../data/backend.tsx';
import { useT } from '../i18n/use-language.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Message } from '../ui/states.tsx';
import { Consent } from './consent.tsx';
import { ContactForm } from './contact-form.tsx';

/** Corrects how a client is reached, and records or withdraws their consent to SMS. */
export function ClientEditor({ clientId, done }: { clientId: string; done(): void }) {
  const t = useT();
  const query = useClient(clientId);
  return (
    <Loaded query={query}>
      {(client) =>
        client
          ? (
            <div class='stack'>
              <Consent client={client} />
              <ContactForm key={client.id} client={client} done={done} />
            </div>
          )
          : <Message title={t('act.client.unknown')} icon='search' />}
    </Loaded>
  );
}

/** A client of the salon, by id. */
function useClient(clientId: string) {
  const calendar = useCalendar();
  return useQuery({
    queryKey: ['client', clientId],
    queryFn: () => calendar.getClient(clientId),
  });
}
