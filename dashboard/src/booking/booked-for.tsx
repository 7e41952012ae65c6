import { useLayoutEffect, useRef } from 'preact/hooks';
import { ClientSearch } from '../appointments/assign/client-search.tsx';
import type { Choice } from '../appointments/assign/choices.ts';
import { NewClientForm } from '../clients/new-client-form.tsx';
import { useT } from '../i18n/use-language.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { fullName } from '../ui/full-name.ts';

/** For whom an appointment is booked: a search, until somebody is chosen. */
export function BookedFor({ choice, choose }: {
  choice: Choice | null;
  choose(choice: Choice | null): void;
}) {
  const t = useT();
  if (choice !== null) return <Chosen choice={choice} change={() => choose(null)} />;
  return (
    <>
      <ClientSearch suggestFor='' onlyClients takesFocus choose={choose} />
      <Disclosure label={t('act.newClient.open')}>
        <NewClientForm added={choose} />
      </Disclosure>
    </>
  );
}

/** Who was chosen; takes the focus from the search, which is gone. */
function Chosen({ choice: { client, pet }, change }: { choice: Choice; change(): void }) {
  const t = useT();
  const names = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => names.current?.focus(), []);
  return (
    <div class='section-head'>
      <p ref={names} tabIndex={-1}>
        <strong>{pet?.name ?? t('act.assign.noPet')}</strong>
        <br />
        <span class='muted'>{client && fullName(client)}</span>
      </p>
      <button type='button' class='button button--small' onClick={change}>{t('book.other')}</button>
    </div>
  );
}
