import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { type Step, useActions } from '../../actions/actions.tsx';
import { NewClientForm } from '../../clients/new-client-form.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { fullName } from '../../ui/full-name.ts';
import { AddClient } from './add-client.tsx';
import type { Choice } from './choices.ts';
import { ClientSearch } from './client-search.tsx';

/** Assigns the client and the pet of an appointment, or removes them. */
export function AssignPanel({ appointment, done }: {
  appointment: CalendarEventWithDetails;
  done(): void;
}) {
  const t = useT();
  const { act, isBusy } = useActions();
  const { id, client = null, pet = null, attendee_name: booker } = appointment;

  async function assign(choice: Choice, text: string): Promise<void> {
    const undo = assignment(id, { client, pet });
    if (await act({ ...assignment(id, choice), done: text, undo })) done();
  }
  const choose = (choice: Choice) => {
    // A pet without an owner changes the pet only.
    const chosen = { ...choice, client: choice.client ?? client };
    const names = [chosen.pet?.name, chosen.client && fullName(chosen.client)];
    return assign(chosen, t('act.assign.done', { names: names.filter(Boolean).join(', ') }));
  };
  return (
    <div class='stack'>
      <ClientSearch
        suggestFor={client ? fullName(client) : appointment.attendee_phone ?? ''}
        choose={choose}
      />
      {!client && (
        <Disclosure label={t('act.newClient.open')}>
          {booker && appointment.attendee_phone
            ? <AddClient appointment={appointment} name={booker} done={done} />
            : <NewClientForm added={choose} />}
        </Disclosure>
      )}
      {(client || pet) && (
        <button
          type='button'
          class='button button--quiet'
          aria-disabled={isBusy}
          onClick={() => assign({ client: null, pet: null }, t('act.assign.removed'))}
        >
          {t('act.assign.remove')}
        </button>
      )}
    </div>
  );
}

function assignment(eventId: string, { client, pet }: Choice): Step {
  const clientId = client?.id ?? null;
  const petId = pet?.id ?? null;
  return {
    run: (calendar) => calendar.assign(eventId, { clientId, petId }),
    shows: { rowId: eventId, change: { client, pet, client_id: clientId, pet_id: petId } },
  };
}
