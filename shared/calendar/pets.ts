import type { Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** A pet and its owners. */
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

/** Single pets in the signed-in member's salons. */
export type Pets = {
  /** Null for a pet that is not in one of their salons. */
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
