import type { Enums, Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';
import type { OfSalon } from './sync.ts';

/** A salon of the signed-in member, and what they are there. */
export type MySalon = Pick<Tables<'salons'>, 'id' | 'name' | 'address' | 'timezone'> & {
  role: Enums<'member_role'>;
};

/** A pet that was looked for, and whose it is. */
export type FoundPet =
  & Pick<
    Tables<'pets'>,
    'id' | 'name' | 'breed' | 'type' | 'allergies' | 'health_issues'
  >
  & { salon_id: string; clients: Pick<Tables<'clients'>, 'id' | 'name' | 'surname'>[] };

/** A day of a salon's calendar. */
export type DailyStats = {
  salon_id: string;
  /** `2026-11-24` */
  local_date: string;
  /** Took place or will. */
  appointments: number;
  completed: number;
  cancelled: number;
  no_shows: number;
};

/** The salons of the signed-in member, their pets, and how they are doing. */
export type Salons = {
  /** By name. Empty for somebody who works nowhere. */
  getMySalons(): Promise<MySalon[]>;
  /** Pets with that text anywhere in their name, by name; none for a blank text. */
  searchPets(text: string, of?: OfSalon): Promise<FoundPet[]>;
  /** One row per day from `from` to `to`, both included and written `2026-11-24`. */
  getDailyStats(salonId: string, from: string, to: string): Promise<DailyStats[]>;
};

const FOUND_LIMIT = 20;
const PET_COLUMNS = `id, salon_id, name, breed, type, allergies, health_issues,
  clients (id, name, surname)`;

/** Reads what is not about single appointments with a client of supabase-js. */
export function createSalons(supabase: CalendarClient): Salons {
  return {
    getMySalons: () => answerOf(supabase.from('my_salons').select().order('name').order('id')),
    searchPets: async (text, { salonId, limit = FOUND_LIMIT } = {}) => {
      if (text.trim() === '') return [];
      const found = supabase.from('pets').select(PET_COLUMNS)
        .ilike('name', `%${literally(text.trim())}%`).order('name').order('id').limit(limit);
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

/** PostgREST takes an asterisk for a percent sign, and has no way to write one that is none. */
function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`).replaceAll('*', '_');
}
