import type { PetDetails } from '../../../../shared/calendar/pets.ts';
import { ActionArea } from '../../actions/action-area.tsx';
import { ActionsProvider } from '../../actions/actions.tsx';
import { ClientEditor } from '../../clients/client-editor.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { fullName } from '../../ui/full-name.ts';
import { PhoneLink } from '../../ui/phone-link.tsx';

/** An owner of a pet: how they are reached, and a form that corrects it. */
export function Owner({ client }: { client: PetDetails['clients'][number] }) {
  const t = useT();
  const name = fullName(client);
  return (
    <div class='profile-owner'>
      <p class='profile-contact'>
        {name} <PhoneLink phone={client.phone_number} name={name} />
        {client.email && <a href={`mailto:${client.email}`}>{client.email}</a>}
      </p>
      <ActionsProvider>
        <ActionArea
          items={['client']}
          label={() => t('act.client.of', { name })}
          form={(_item, done) => <ClientEditor clientId={client.id} done={done} />}
        />
      </ActionsProvider>
    </div>
  );
}
