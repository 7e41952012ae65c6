import { type Actions, createActions } from './actions.ts';
import { type Activities, createActivities } from './activity.ts';
import { type Appointments, createAppointments } from './appointments.ts';
import { type CalComActions, createCalComActions } from './calcom-actions.ts';
import type { AnySupabaseClient, CalendarClient } from './client.ts';
import { type Clients, createClients } from './clients.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createExport, type Export } from './export.ts';
import { createFeed, type Feed } from './feed.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createPets, type Pets } from './pets.ts';
import { createReminders, type Reminders } from './reminders.ts';
import { createSalons, type Salons } from './salons.ts';
import { createSmsTexts, type SmsTexts } from './sms-texts.ts';
import { createSync, type Sync } from './sync.ts';

/** Everything a dashboard reads and writes, with the rights of the signed-in user. */
export type Calendar =
  & Actions
  & Activities
  & Appointments
  & CalComActions
  & Clients
  & Deliveries
  & Export
  & Feed
  & Inbox
  & Pets
  & Reminders
  & Salons
  & SmsTexts
  & Sync;

/**
 * The calendar of the signed-in member's salons. Takes a client of supabase-js and runs wherever
 * that does: in a browser, in Node and in Deno.
 *
 * A call resolves with the data or throws a `CalendarError`. The id of another salon, or of a pet
 * or appointment there, behaves like an unknown id.
 */
export function createCalendar(client: AnySupabaseClient): Calendar {
  const supabase = client as CalendarClient;
  const appointments = createAppointments(supabase);
  return {
    ...appointments,
    ...createActions(supabase),
    ...createActivities(supabase),
    ...createCalComActions(supabase),
    ...createClients(supabase),
    ...createDeliveries(supabase),
    ...createExport(appointments),
    ...createFeed(supabase),
    ...createInbox(supabase),
    ...createPets(supabase),
    ...createReminders(supabase),
    ...createSalons(supabase),
    ...createSmsTexts(supabase),
    ...createSync(supabase),
  };
}
