import type { Enums, TablesUpdate } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** Whose appointment it is. Null for nobody. */
export type Assignment = { clientId: string | null; petId: string | null };

/** What staff say about who came. */
export type Attendance = Enums<'appointment_attendance'>;

/** What a salon's members decide about an appointment. An unknown one is `not_found`. */
export type Actions = {
  /** Assigns the client and the pet, which Cal.com never changes again. */
  assign(eventId: string, assignment: Assignment): Promise<void>;
  /** A note of at most 2000 characters that neither Cal.com nor the client sees; null for none. */
  setSalonNote(eventId: string, note: string | null): Promise<void>;
  /** Says who came, which outweighs Cal.com's status until the appointment moves; null: as Cal.com. */
  setAttendance(eventId: string, attendance: Attendance | null): Promise<void>;
};

/** Changes appointments with a client of supabase-js. */
export function createActions(supabase: CalendarClient): Actions {
  const update = async (eventId: string, change: TablesUpdate<'calendar_events'>) => {
    await answerOf(
      supabase.from('calendar_events').update(change).eq('id', eventId).select('id').single(),
    );
  };
  return {
    assign: (eventId, { clientId, petId }) =>
      update(eventId, { client_id: clientId, pet_id: petId }),
    setSalonNote: (eventId, note) => update(eventId, { salon_note: note }),
    setAttendance: (eventId, attendance) => update(eventId, { attendance }),
  };
}
