import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CalComActions,
  createCalComActions,
} from '../../../shared/calendar/calcom-actions.ts';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { CalendarError } from '../../../shared/calendar/calendar-error.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

/** What the function appointments does, whose own tests ask who may do it. */
type InCalCom = keyof CalComActions;

/** Every other call, about one salon. */
const CALLS: Record<
  Exclude<keyof Calendar, InCalCom>,
  (calendar: Calendar, of: Tenant) => Promise<unknown>
> = {
  getTodaysAppointments: (calendar, of) => calendar.getTodaysAppointments(of.salonId),
  getTodaysAppointmentsForCurrentUser: (calendar) => calendar.getTodaysAppointmentsForCurrentUser(),
  getThisWeeksAppointmentsForCurrentUser: (calendar) =>
    calendar.getThisWeeksAppointmentsForCurrentUser(),
  getUpcomingAppointmentsForPet: (calendar, of) => calendar.getUpcomingAppointmentsForPet(of.petId),
  getPastAppointmentsForPet: (calendar, of) => calendar.getPastAppointmentsForPet(of.petId),
  getPetHistory: (calendar, of) => calendar.getPetHistory(of.petId),
  getAppointmentsInRange: (calendar, of) =>
    calendar.getAppointmentsInRange(of.salonId, new Date(0), new Date('2027-01-01')),
  getAppointment: (calendar, of) => calendar.getAppointment(of.eventId),
  exportCsv: (calendar, of) =>
    calendar.exportCsv({ salonId: of.salonId, from: new Date(0), to: new Date('2027-01-01') })
      .then((text) => text.split('\r\n').slice(1, -1)),
  getMySalons: (calendar, of) =>
    calendar.getMySalons().then((salons) => salons.filter(({ id }) => id === of.salonId)),
  searchPets: (calendar, of) => calendar.searchPets('Fiona', { salonId: of.salonId }),
  searchClients: (calendar, of) => calendar.searchClients('Fiona', { salonId: of.salonId }),
  setSalonPhone: (calendar, of) =>
    calendar.setSalonPhone(of.salonId, '12 345 67 89').then(() => 'done'),
  getPet: (calendar, of) => calendar.getPet(of.petId),
  getClient: (calendar, of) => calendar.getClient(of.clientId),
  addClient: (calendar, of) =>
    calendar.addClient({
      id: randomUUID(),
      salon_id: of.salonId,
      name: 'Ewa',
      surname: 'Lis',
      phone_number: '691 440 205',
      has_gdpr_consent: true,
      pet: { id: randomUUID(), name: 'Tofik' },
    }).then(() => 'done'),
  setClientContact: (calendar, of) =>
    calendar.setClientContact(of.clientId, { phone_number: '501 220 314', email: null })
      .then(() => 'done'),
  recordConsent: (calendar, of) => calendar.recordConsent(of.clientId).then(() => 'done'),
  withdrawConsent: (calendar, of) => calendar.withdrawConsent(of.clientId).then(() => 'done'),
  assign: (calendar, of) =>
    calendar.assign(of.eventId, { clientId: of.clientId, petId: of.petId }).then(() => 'done'),
  setSalonNote: (calendar, of) =>
    calendar.setSalonNote(of.eventId, 'boi się', null).then(() => 'done'),
  setAttendance: (calendar, of) =>
    calendar.setAttendance(
      { id: of.eventId, start_time: '2026-09-15T08:00:00Z', attendance: null },
      null,
    ).then(() => 'done'),
  setClientResponse: (calendar, of) =>
    calendar.setClientResponse(of.eventId, '2026-09-15T08:00:00Z', 'coming').then(() => 'done'),
  getActivity: (calendar, of) => calendar.getActivity(of.eventId),
  addClientFromBooking: (calendar, of) => calendar.addClientFromBooking(of.eventId),
  getDailyStats: (calendar, of) => calendar.getDailyStats(of.salonId, '2026-01-01', '2027-01-01'),
  getReminderLog: (calendar, of) => calendar.getReminderLog({ salonId: of.salonId }),
  getUpcomingReminders: (calendar, of) => calendar.getUpcomingReminders({ salonId: of.salonId }),
  getSmsSettings: (calendar, of) => calendar.getSmsSettings(of.salonId),
  setSmsSettings: (calendar, of) => calendar.setSmsSettings(of.salonId, { max_segments: 3 }),
  getCallList: (calendar, of) => calendar.getCallList({ salonId: of.salonId }),
  sendReminderNow: (calendar) => calendar.sendReminderNow(tomorrow, 'reminder'),
  skipReminder: (calendar) => calendar.skipReminder(tomorrow, 'reminder'),
  unskipReminder: (calendar) => calendar.unskipReminder(tomorrow, 'reminder'),
  sendTestSms: (calendar, of) => calendar.sendTestSms(of.salonId, '600 100 200'),
  getSmsTexts: (calendar, of) => calendar.getSmsTexts(of.salonId),
  setSmsText: (calendar, of) => calendar.setSmsText(of.salonId, 'booked', { enabled: true }),
  getDefaultSmsText: (calendar) => calendar.getDefaultSmsText('booked', 'pl'),
  getServiceTexts: (calendar, of) => calendar.getServiceTexts(of.salonId),
  addServiceText: (calendar, of) =>
    calendar.addServiceText(of.salonId, { title_contains: 'Pazury', template: 'Pazury {{when}}' }),
  changeServiceText: (calendar, of) =>
    calendar.changeServiceText(of.serviceTextId, { template: 'Kąpiel {{time}}' }),
  removeServiceText: (calendar, of) =>
    calendar.removeServiceText(of.serviceTextId).then(() => 'done'),
  getReplies: (calendar, of) => calendar.getReplies({ salonId: of.salonId }),
  setReplyRead: (calendar) => calendar.setReplyRead(replyId, true).then(() => 'done'),
  getChangeRequests: (calendar, of) => calendar.getChangeRequests({ salonId: of.salonId }),
  getWebhookHealth: (calendar, of) => calendar.getWebhookHealth({ salonId: of.salonId }),
  getSyncLag: (calendar, of) => calendar.getSyncLag({ salonId: of.salonId }),
  getFailedDeliveries: (calendar, of) => calendar.getFailedDeliveries({ salonId: of.salonId }),
  getDeliveries: (calendar, of) => calendar.getDeliveries(of.salonId, new Date(0)),
  replayDelivery: (calendar, of) => calendar.replayDelivery(of.logId),
  getCalendarFeed: (calendar, of) => calendar.getCalendarFeed(of.salonId),
  setCalendarFeed: (calendar, of) => calendar.setCalendarFeed(of.salonId, { shows_clients: true }),
  rotateCalendarFeedToken: (calendar, of) => calendar.rotateCalendarFeedToken(of.salonId),
  revokeCalendarFeed: (calendar, of) => calendar.revokeCalendarFeed(of.salonId),
};

/** What each user gets of the salon from each call. The outsider owns another salon. */
const RIGHTS = `
  call                                    owner  staff      outsider
  getTodaysAppointments                   yes    yes        nothing
  getTodaysAppointmentsForCurrentUser     yes    yes        nothing
  getThisWeeksAppointmentsForCurrentUser  yes    yes        nothing
  getUpcomingAppointmentsForPet           yes    yes        nothing
  getPastAppointmentsForPet               yes    yes        nothing
  getPetHistory                           yes    yes        nothing
  getAppointmentsInRange                  yes    yes        nothing
  getAppointment                          yes    yes        nothing
  exportCsv                               yes    yes        nothing
  getMySalons                             yes    yes        nothing
  searchPets                              yes    yes        nothing
  searchClients                           yes    yes        nothing
  setSalonPhone                           yes    not_found  not_found
  getPet                                  yes    yes        nothing
  getClient                               yes    yes        nothing
  addClient                               yes    yes        forbidden
  setClientContact                        yes    yes        not_found
  recordConsent                           yes    yes        not_found
  withdrawConsent                         yes    yes        not_found
  assign                                  yes    yes        not_found
  setSalonNote                            yes    yes        not_found
  setAttendance                           yes    yes        not_found
  setClientResponse                       yes    yes        not_found
  getActivity                             yes    yes        nothing
  addClientFromBooking                    yes    yes        not_found
  getDailyStats                           yes    yes        nothing
  getReminderLog                          yes    yes        nothing
  getUpcomingReminders                    yes    yes        nothing
  getSmsSettings                          yes    yes        nothing
  setSmsSettings                          yes    forbidden  forbidden
  getCallList                             yes    yes        nothing
  sendReminderNow                         yes    yes        not_found
  skipReminder                            yes    yes        not_found
  unskipReminder                          yes    yes        not_found
  sendTestSms                             yes    not_found  not_found
  getSmsTexts                             yes    yes        nothing
  setSmsText                              yes    forbidden  forbidden
  getDefaultSmsText                       yes    yes        yes
  getServiceTexts                         yes    yes        nothing
  addServiceText                          yes    forbidden  forbidden
  changeServiceText                       yes    not_found  not_found
  removeServiceText                       yes    not_found  not_found
  getReplies                              yes    yes        nothing
  setReplyRead                            yes    yes        not_found
  getChangeRequests                       yes    yes        nothing
  getWebhookHealth                        yes    yes        nothing
  getSyncLag                              yes    yes        nothing
  getFailedDeliveries                     yes    yes        nothing
  getDeliveries                           yes    yes        nothing
  replayDelivery                          yes    not_found  not_found
  getCalendarFeed                         yes    yes        nothing
  setCalendarFeed                         yes    not_found  not_found
  rotateCalendarFeedToken                 yes    forbidden  forbidden
  revokeCalendarFeed                      yes    not_found  not_found
`;

const rights = RIGHTS.trim().split('\n').slice(1).map((line) => line.trim().split(/ {2,}/));

let dashboard: Dashboard;
let ours: Tenant;
let outsiderId: string;
/** An appointment of the day after. */
let tomorrow: string;
let replyId: string;

beforeAll(async () => {
  // An hour before the appointment, whose message is deleted below.
  dashboard = await startDashboard('2026-09-15 07:00Z');
  ours = await createTenant(dashboard.database, 'psi-styl');
  // A salon without appointments: whatever its owner sees belongs to another one.
  outsiderId = (await createTenant(dashboard.database, 'inny-salon')).newcomerId;
  await dashboard.database.query(
    `insert into public.salons (user_id, name) values ($1, 'Inny')`,
    [outsiderId],
  );
  await dashboard.database.query('delete from public.sms_message_events');
  await dashboard.database.query(
    `with failed as (
       insert into public.webhook_logs (salon_id, webhook_type, payload, status)
       values ($1, 'BOOKING_CREATED', '{}', 'error')
     )
     insert into public.calendar_events
       (cal_com_event_id, salon_id, pet_id, title, start_time, end_time, status)
     values ('before', $1, $2, 'Kąpiel', '2026-09-10 08:00Z', '2026-09-10 09:00Z', 'completed')`,
    [ours.salonId, ours.petId],
  );
  await dashboard.database.query(
    `update public.sms_settings set call_list_from = '08:00' where salon_id = $1`,
    [ours.salonId],
  );
  const [row] = await dashboard.database.query<{ id: string }>(
    `insert into public.calendar_events
       (cal_com_event_id, salon_id, client_id, title, start_time, end_time)
     values ('tomorrow', $1, $2, 'Kąpiel', '2026-09-16 08:00Z', '2026-09-16 09:00Z')
     returning id`,
    [ours.salonId, ours.clientId],
  );
  tomorrow = row?.id ?? '';
  const [reply] = await dashboard.database.query<{ id: string }>(
    `with request as (
       insert into public.calendar_events
         (cal_com_event_id, salon_id, title, start_time, end_time, client_response)
       values ('after', $1, 'Kąpiel', '2026-09-17 08:00Z', '2026-09-17 09:00Z', 'wants_to_cancel')
     )
     select id from public.sms_inbox where salon_id = $1`,
    [ours.salonId],
  );
  replyId = reply?.id ?? '';
});
afterAll(() => dashboard.stop());

/** `yes`, `nothing`, or the code of the error. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    const answer = await call;
    const isEmpty = answer === null || (Array.isArray(answer) && answer.length === 0);
    return isEmpty ? 'nothing' : 'yes';
  } catch (failure) {
    if (failure instanceof CalendarError) return failure.code;
    throw failure;
  }
}

const isCall = (name: string): name is keyof typeof CALLS => Object.hasOwn(CALLS, name);

describe.each(rights)('%s', (name = '', owner, staff, outsider) => {
  if (!isCall(name)) throw new Error(`no call ${name}`);
  const as = (userId: string | null) => outcome(CALLS[name](dashboard.calendarOf(userId), ours));

  it(`returns to the outsider: ${outsider}, to staff: ${staff}, to the owner: ${owner}`, async () => {
    expect([await as(outsiderId), await as(ours.staffId), await as(ours.ownerId)])
      .toEqual([outsider, staff, owner]);
  });

  it('fails with not_signed_in without a user', async () => {
    expect(await as(null)).toBe('not_signed_in');
  });
});

it('an answer about a start from which the appointment moved is refused', async () => {
  const calendar = dashboard.calendarOf(ours.staffId);
  expect(await outcome(calendar.setClientResponse(ours.eventId, '2026-09-15T09:00:00Z', null)))
    .toBe('not_found');
});

it('the table of rights covers every call', () => {
  const stated = rights.map(([name]) => name).sort();
  expect(stated).toEqual(Object.keys(CALLS).sort());
  const calendar = dashboard.calendarOf(null);
  const inCalCom = Object.keys(createCalComActions(dashboard.clientOf(null)));
  expect([...stated, ...inCalCom].sort()).toEqual(Object.keys(calendar).sort());
});
