/** What the package @barkbook/calendar offers. */
export { type Calendar, createCalendar } from './calendar.ts';
export { CalendarError, type CalendarErrorCode } from './calendar-error.ts';
export type { AnySupabaseClient } from './client.ts';
export type { Database } from '../database.types.ts';

export {
  ALL_STATUSES,
  type AppointmentClient,
  type AppointmentPet,
  type AppointmentStatus,
  type CalendarEventWithDetails,
  EXPECTED_STATUSES,
} from './appointment.ts';
export type { Actions, Assignment, Attendance, ClientResponse } from './actions.ts';
export type { Activities, Activity } from './activity.ts';
export type { Accepted, CalComActions, EventType, NewBooking } from './calcom-actions.ts';
export type { Appointments, Limit, StatusFilter } from './appointments.ts';
export type { ClientContact, ClientDetails, Clients, NewClient } from './clients.ts';
export type { Deliveries, Delivery } from './deliveries.ts';
export type { Export, ExportRange } from './export.ts';
export type { CsvLanguage } from './appointment-csv.ts';
export type { CalendarFeed, Feed } from './feed.ts';
export type { Inbox, ReplyFilter, SmsReply } from './inbox.ts';
export type { PetDetails, Pets } from './pets.ts';
export type {
  CallListEntry,
  ReminderKind,
  ReminderLogEntry,
  ReminderOutcome,
  ReminderReason,
  Reminders,
  SmsKind,
  SmsSettings,
  SmsSettingsChange,
  UpcomingReminder,
} from './reminders.ts';
export type {
  ServiceText,
  ServiceTextChange,
  SmsText,
  SmsTextChange,
  SmsTextKind,
  SmsTexts,
} from './sms-texts.ts';
export type { DailyStats, FoundPet, MySalon, Salons } from './salons.ts';
export type {
  FailedDelivery,
  OfSalon,
  ReplayAnswer,
  Sync,
  SyncLag,
  WebhookHealth,
} from './sync.ts';

export { createFormat, type Format } from './format.ts';
export { serviceOf } from './service.ts';
export {
  addDays,
  type CivilDate,
  civilDateAt,
  daysBetween,
  mondayOf,
  startOfDay,
} from '../time/civil-date.ts';
