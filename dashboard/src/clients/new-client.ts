import type { NewClient } from '../../../shared/calendar/clients.ts';
import type { Choice } from '../appointments/assign/choices.ts';

/** What is typed about a new client. The ids stay the same, so that saving again adds nothing twice. */
export type NewClientDraft = {
  clientId: string;
  petId: string;
  /** Name and surname. */
  name: string;
  phone: string;
  pet: string;
  consents: boolean;
};

/** A draft with nothing in it. */
export function emptyDraft(): NewClientDraft {
  const [clientId, petId] = [crypto.randomUUID(), crypto.randomUUID()];
  return { clientId, petId, name: '', phone: '', pet: '', consents: false };
}

/** The client of a draft. Everything after the first word is the surname. */
export function newClientOf(draft: NewClientDraft, salonId: string): NewClient {
  const [name = '', ...surname] = draft.name.trim().split(/\s+/);
  const pet = draft.pet.trim();
  return {
    id: draft.clientId,
    salon_id: salonId,
    name,
    surname: surname.join(' '),
    phone_number: draft.phone.trim(),
    has_gdpr_consent: draft.consents,
    pet: pet === '' ? null : { id: draft.petId, name: pet },
  };
}

/** The new client and pet as a search would find them. */
export function choiceOf({ id, name, surname, phone_number, pet }: NewClient): Choice {
  return {
    client: { id, name, surname, phone_number, email: null },
    pet: pet && { ...pet, breed: null, type: null, allergies: null, health_issues: null },
  };
}
