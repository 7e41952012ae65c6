import type { TestDatabase } from '../../support/database.ts';
import type { TestSalon } from './salons.ts';

/** The owner of a salon changes the appointment under a uid. */
export const changeAppointment = (
  database: TestDatabase,
  salon: TestSalon,
  uid: string,
  assignment: string,
) =>
  database.as(
    'authenticated',
    salon.ownerId,
    (client) =>
      client.query(`update calendar_events set ${assignment} where cal_com_event_id = $1`, [uid]),
  );

/** What the salon and its clients said about all appointments, in the order of booking. */
export const answers = (database: TestDatabase) =>
  database.query(
    `select status, attendance, client_response as response, salon_note as note,
       client_id as client, pet_id as pet
     from calendar_events order by created_at`,
  );

/** The start and end of an appointment on a day of September 2026, as `booking()` has on the 15th. */
export const timesOn = (day: number) => ({
  startTime: `2026-09-${day}T08:00:00.000Z`,
  endTime: `2026-09-${day}T09:00:00.000Z`,
});
