import { answerOf, type CalendarClient } from './client.ts';

/** Whose appointment it is. Null for nobody. */
export type Assignment = { clientId: string | null; petId: string | null };

/** What a salon's members decide about an appointment. An unknown one is `not_found`. */
export type Actions = {
  /** Assigns the client and the pet, which Cal.com never changes again. */
  assign(eventId: string, assignment: Assignment): Promise<void>;
};

/** Changes appointments with a client of supabase-js. */
export function createActions(supabase: CalendarClient): Actions {
  return {
    assign: async (eventId, { clientId, petId }) => {
      await answerOf(
        supabase.from('calendar_events').update({ client_id: clientId, pet_id: petId })
          .eq('id', eventId).select('id').single(),
      );
    },
  };
}
