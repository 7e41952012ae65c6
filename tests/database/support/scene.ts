import type { TestDatabase } from '../../support/database.ts';
import type { TestSalon } from './salons.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  plan,
  type RemindedClient,
  type Settings,
} from './reminders.ts';

/** A time on Monday, 23 November 2026, in Warsaw; at 17:00 the reminders for Tuesday are due. */
export const monday = (clock: string) => `2026-11-23 ${clock}+01`;

/** A time on the day after. */
export const tuesday = (clock: string) => `2026-11-24 ${clock}+01`;

/** Anna's number in E.164. */
export const ANNAS_PHONE = '+48600100200';

/** A salon in Warsaw, its client Anna, her appointments, and the planned message about them. */
export interface Scene {
  salon: TestSalon;
  anna: RemindedClient;
  appointmentIds: string[];
  messageId: string;
}

/** Plans a message on Monday at 17:00, about an appointment on Tuesday at 11:00 unless told. */
export async function planReminder(
  database: TestDatabase,
  { settings = {}, appointments = [{ start: tuesday('11:00'), pet: 'Reksio' }] }: {
    settings?: Settings;
    appointments?: { start: string; pet: string }[];
  } = {},
): Promise<Scene> {
  const salon = await createRemindingSalon(database, settings);
  const anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
  const appointmentIds: string[] = [];
  for (const appointment of appointments) {
    appointmentIds.push(
      await createAppointment(database, salon.id, { ...appointment, client: anna }),
    );
  }
  await plan(database, monday('17:00'));
  const [message] = await database.query<{ id: string }>(
    `select id from public.sms_messages where salon_id = $1 and status = 'pending'`,
    [salon.id],
  );
  if (message === undefined) throw new Error('nothing was planned');
  return { salon, anna, appointmentIds, messageId: message.id };
}
