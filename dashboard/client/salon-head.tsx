import type { ClientView } from '../../shared/client-link/answers.ts';
import { phoneText } from '../../shared/text/phone-text.ts';

/** Where the appointment is, and whom to phone. */
export function SalonHead({ salon: { name, address, phone } }: Pick<ClientView, 'salon'>) {
  return (
    <div>
      <h1>{name}</h1>
      {address !== null && <p class='muted'>{address}</p>}
      {phone !== null && (
        <a class='phone' href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phoneText(phone)}</a>
      )}
    </div>
  );
}
