import type { Enums, TablesUpdate } from '../database.types.ts';
import { CalendarError, type CalendarErrorCode } from './calendar-error.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** Whose appointment it is. Null for nobody. */
export type Assignment = { clientId: string | null; petId: string | null };

/** What staff say about who came. */
export type Attendance = Enums<'appointment_attendance'>;

/** What staff have said about an appointment at a start (ISO 8601). */
export type SeenAttendance = { id: string; start_time: string; attendance: Attendance | null };

/** What a client answers about an appointment. */
export type ClientResponse = Enums<'client_response'>;

/** What a salon's members decide about an appointment. An unknown one is `not_found`. */
export type Actions = {
  /** Assigns the client and the pet, which Cal.com never changes again. */
  assign(eventId: string, assignment: Assignment): Promise<void>;
  /**
   * Assigns the client whom the booking names: one that the salon has, or a new one with the
   * booking's name, phone number and e-mail address, and their pet of that name. Fails with
   * `several_clients` if more than one has the phone number, and with `incomplete_booking` without a
   * name or phone number.
   */
  addClientFromBooking(eventId: string, petName?: string): Promise<Assignment>;
  /**
   * Writes a note of at most 2000 characters that neither Cal.com nor the client sees; null for none.
   * `before` is the note that the writer had read: if somebody else changed it since, nothing is
   * overwritten, and the error `refused` has the detail `note_changed`.
   */
  setSalonNote(eventId: string, note: string | null, before: string | null): Promise<void>;
  /**
   * Says who came, which outweighs Cal.com's status until the appointment moves; null: as Cal.com.
   * `seen` is the appointment as the caller read it: if it moved since, or somebody else said
   * who came, nothing is overwritten, and the error `refused` has the detail `attendance_changed`.
   */
  setAttendance(seen: SeenAttendance, attendance: Attendance | null): Promise<void>;
  /**
   * Records what the client said, such as on the phone, about the appointment at that start
   * (ISO 8601); null: takes the answer back. `not_found` if the appointment moved meanwhile.
   */
  setClientResponse(
    eventId: string,
    startTime: string,
    response: ClientResponse | null,
  ): Promise<void>;
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
    addClientFromBooking: async (eventId, petName) => {
      const { client_id: clientId, pet_id: petId } = await answerOf<Added>(
        supabase.rpc('add_client_from_booking', {
          p_event_id: eventId,
          ...(petName === undefined ? {} : { p_pet_name: petName }),
        }).single(),
      ).catch(explain);
      return { clientId, petId };
    },
    setSalonNote: async (eventId, note, before) => {
      await answerOf(
        supabase.rpc('set_salon_note', {
          p_event_id: eventId,
          ...(note === null ? {} : { p_note: note }),
          ...(before === null ? {} : { p_before: before }),
        }),
      );
    },
    setAttendance: async ({ id, start_time, attendance: before }, attendance) => {
      await answerOf(
        supabase.rpc('set_attendance', {
          p_event_id: id,
          p_start: start_time,
          ...(attendance === null ? {} : { p_attendance: attendance }),
          ...(before === null ? {} : { p_before: before }),
        }),
      );
    },
    setClientResponse: async (eventId, startTime, response) => {
      await answerOf(
        supabase.from('calendar_events').update({ client_response: response })
          .eq('id', eventId).eq('start_time', startTime).select('id').single(),
      );
    },
  };
}

type Added = { client_id: string; pet_id: string | null };

/** Why the client of a booking cannot be added, by the code that the database gives. */
const WHY_NOT_ADDED: Readonly<Record<string, CalendarErrorCode>> = {
  PT409: 'several_clients',
  PT422: 'incomplete_booking',
};

function explain(error: unknown): never {
  const code = error instanceof CalendarError && WHY_NOT_ADDED[error.detail ?? ''];
  throw code ? new CalendarError(code, error.detail, error.nextStep) : error;
}
