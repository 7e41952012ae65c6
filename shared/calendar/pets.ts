import type { Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** All that is known of a pet, and whose it is. */
export type PetDetails =
  & Pick<
    Tables<'pets'>,
    | 'id'
    | 'name'
    | 'breed'
    | 'type'
    | 'age'
    | 'allergies'
    | 'health_issues'
    | 'preferences'
    | 'notes'
  >
  & {
    salon_id: string;
    clients: Pick<Tables<'clients'>, 'id' | 'name' | 'surname' | 'phone_number' | 'email'>[];
  };

/** Single pets of the signed-in member's salons. */
export type Pets = {
  /** Null for a pet of no salon of theirs. */
  getPet(petId: string): Promise<PetDetails | null>;
};

const COLUMNS = `id, salon_id, name, breed, type, age, allergies, health_issues, preferences, notes,
  clients (id, name, surname, phone_number, email)`;

/** Reads pets with a client of supabase-js. */
export function createPets(supabase: CalendarClient): Pets {
  return {
    getPet: (petId) =>
      answerOf(supabase.from('pets').select(COLUMNS).eq('id', petId).maybeSingle()),
  };
}
