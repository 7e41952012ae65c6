import type { Enums, Tables } from '../database.types.ts';
import type { AppointmentClient } from './appointment.ts';
import { answerOf, type CalendarClient } from './client.ts';
import type { OfSalon } from './sync.ts';

/** A salon of the signed-in member, and their role in it. */
export type MySalon =
  & Pick<Tables<'salons'>, 'id' | 'name' | 'address' | 'phone_number' | 'timezone'>
  & {
    role: Enums<'member_role'>;
  };

/** A pet that a search found, and its owners. */
export type FoundPet =
  & Pick<
    Tables<'pets'>,
    'id' | 'name' | 'breed' | 'type' | 'allergies' | 'health_issues'
  >
  & { salon_id: string; clients: AppointmentClient[] };

/** A client that a search found, and their pets. */
export type FoundClient =
  & AppointmentClient
  & { salon_id: string; pets: Pick<Tables<'pets'>, 'id' | 'name'>[] };

/** The figures of one day in a salon. */
export type DailyStats = {
  salon_id: string;
  /** `2026-11-24` */
  local_date: string;
  /** Appointments that took place or will. */
  appointments: number;
  completed: number;
  cancelled: number;
  no_shows: number;
};

/** The salons of the signed-in member, their pets, clients and statistics. */
export type Salons = {
  /** Sorted by name; empty for a user who is not a member of any salon. */
  getMySalons(): Promise<MySalon[]>;
  /**
   * Pets whose name and owners contain each word of the text, whatever their case and diacritics, or
   * one of whose owners has that phone number; sorted by name, at most 100. None for a blank text.
   */
  searchPets(text: string, of?: OfSalon): Promise<FoundPet[]>;
  /** Clients, in the same way by their name, pets and phone number; sorted by surname. */
  searchClients(text: string, of?: OfSalon): Promise<FoundClient[]>;
  /** Where clients reach the salon; null for no number. For owners. */
  setSalonPhone(salonId: string, phone: string | null): Promise<void>;
  /** One row for each day from `from` to `to`, both included and in the form `2026-11-24`. */
  getDailyStats(salonId: string, from: string, to: string): Promise<DailyStats[]>;
};

const FOUND_LIMIT = 20;
const PET_COLUMNS = `id, salon_id, name, breed, type, allergies, health_issues,
  clients (id, name, surname, phone_number, email)`;
const CLIENT_COLUMNS = `id, salon_id, name, surname, phone_number, email, pets (id, name)`;

function searchArguments(text: string, { salonId, limit = FOUND_LIMIT }: OfSalon = {}) {
  return {
    p_text: text,
    p_limit: limit,
    ...(salonId === undefined ? {} : { p_salon_id: salonId }),
  };
}

/** Reads salons, pets, clients and statistics with a client of supabase-js. */
export function createSalons(supabase: CalendarClient): Salons {
  return {
    getMySalons: () => answerOf(supabase.from('my_salons').select().order('name').order('id')),
    searchPets: (text, of) =>
      answerOf(
        supabase.rpc('search_pets', searchArguments(text, of)).select(PET_COLUMNS)
          .order('name').order('id'),
      ),
    searchClients: (text, of) =>
      answerOf(
        supabase.rpc('search_clients', searchArguments(text, of)).select(CLIENT_COLUMNS)
          .order('surname').order('name').order('id'),
      ),
    setSalonPhone: async (salonId, phone_number) => {
      await answerOf(
        supabase.from('salons').update({ phone_number }).eq('id', salonId).select('id').single(),
      );
    },
    getDailyStats: (salonId, from, to) =>
      answerOf(
        supabase.from('appointment_daily_stats').select()
          .eq('salon_id', salonId).gte('local_date', from).lte('local_date', to)
          .order('local_date'),
      ),
  };
}
