import type { FoundClient } from '../../../../shared/calendar/salons.ts';
import { fullName } from '../../ui/full-name.ts';
import { PhoneLink } from '../../ui/phone-link.tsx';

/** A list of clients with their phone numbers. */
export function ClientList({ clients }: { clients: readonly FoundClient[] }) {
  return (
    <ul class='card rows'>
      {clients.map((client) => {
        const name = fullName(client);
        return (
          <li key={client.id} class='row'>
            <strong>{name}</strong>
            <PhoneLink phone={client.phone_number} name={name} />
          </li>
        );
      })}
    </ul>
  );
}
