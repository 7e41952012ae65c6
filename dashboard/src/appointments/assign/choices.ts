import type { AppointmentClient, AppointmentPet } from '../../../../shared/calendar/appointment.ts';
import type { FoundClient, FoundPet } from '../../../../shared/calendar/salons.ts';

/** A client and a pet to choose together; null for none. */
export type Choice = { client: AppointmentClient | null; pet: AppointmentPet | null };

/**
 * What can be chosen among the found pets and clients: each pet with each of its owners, then each
 * client without a pet, for one who brings a new pet.
 */
export function choicesOf(pets: readonly FoundPet[], clients: readonly FoundClient[]): Choice[] {
  return [
    ...pets.flatMap<Choice>(({ clients: owners, salon_id: _, ...pet }) =>
      owners.length === 0 ? [{ client: null, pet }] : owners.map((client) => ({ client, pet }))
    ),
    ...clients.map(({ pets: _pets, salon_id: _, ...client }) => ({ client, pet: null })),
  ];
}
