import type { Enums, Tables } from '../database.types.ts';
import { literalPattern } from '../text/literal-pattern.ts';
import { answerOf, type CalendarClient } from './client.ts';
import type { OfSalon } from './sync.ts';

/** A salon of the signed-in member, and their role in it. */
export type MySalon = Pick<Tables<'salons'>, 'id' | 'name' | 'address' | 'timezone'> & {
  role: Enums<'member_role'>;
};

/** A pet that a search found, and its owners. */
export type FoundPet =
  & Pick<
    Tables<'pets'>,
    'id' | 'name' | 'breed' | 'type' | 'allergies' | 'health_issues'
  >
  & { salon_id: string; clients: Pick<Tables<'clients'>, 'id' | 'name' | 'surname'>[] };

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

/** The salons of the signed-in member, their pets and their statistics. */
export type Salons = {
  /** Sorted by name; empty for a user who is not a member of any salon. */
  getMySalons(): Promise<MySalon[]>;
  /** Pets whose name contains the text, sorted by name; none for a blank text. */
  searchPets(text: string, of?: OfSalon): Promise<FoundPet[]>;
  /** One row for each day from `from` to `to`, both included and in the form `2026-11-24`. */
  getDailyStats(salonId: string, from: string, to: string): Promise<DailyStats[]>;
};

const FOUND_LIMIT = 20;
const PET_COLUMNS = `id, salon_id, name, breed, type, allergies, health_issues,
  clients (id, name, surname)`;

/** Reads salons, pets and statistics with a client of supabase-js. */
export function createSalons(supabase: CalendarClient): Salons {
  return {
    getMySalons: () => answerOf(supabase.from('my_salons').select().order('name').order('id')),
    searchPets: async (text, { salonId, limit = FOUND_LIMIT } = {}) => {
      if (text.trim() === '') return [];
      const found = supabase.from('pets').select(PET_COLUMNS)
        .filter('name', 'imatch', literalPattern(text.trim())).order('name').order('id').limit(
          limit,
        );
      return await answerOf(salonId === undefined ? found : found.eq('salon_id', salonId));
    },
    getDailyStats: (salonId, from, to) =>
      answerOf(
        supabase.from('appointment_daily_stats').select()
          .eq('salon_id', salonId).gte('local_date', from).lte('local_date', to)
          .order('local_date'),
      ),
  };
}
