/**
 * For comparison, what BarkBook's own webhook does for a new booking with client and pet: six calls
 * of the Data API one after the other, through two clients of supabase-js that are created for each
 * delivery. It checks no signature. Run by Deno.
 */
import process from 'node:process';
import { createClient } from '@supabase/supabase-js';
import { withCpuUsage } from './cpu-usage.ts';

type Booking = {
  uid: string;
  title: string;
  description: string;
  startTime: string;
  endTime: string;
  location: string;
  attendees: [{ email: string; phoneNumber: string }];
  metadata: { barkbookClientId: string; barkbookPetId: string };
};

const { REST_URL = '', SUPABASE_SERVICE_ROLE_KEY = '' } = process.env;

/** As in BarkBook, except that PostgREST without the gateway has no /rest/v1. */
function connect() {
  return createClient(REST_URL, SUPABASE_SERVICE_ROLE_KEY, {
    auth: { autoRefreshToken: false, persistSession: false },
    global: { fetch: (url, init) => fetch(String(url).replace('/rest/v1', ''), init) },
  });
}

async function receive(request: Request): Promise<Response> {
  const database = connect();
  const startedAtMs = Date.now();
  const payload: { payload: Booking } = await request.json();
  const log = await database.from('webhook_logs').insert({
    webhook_type: 'calcom',
    payload,
    status: 'processing',
    cal_com_event_id: payload.payload.uid,
  }).select().single().throwOnError();

  const eventId = await createEvent(payload.payload);

  await database.from('webhook_logs').update({ status: 'success', error_message: null })
    .eq('id', log.data.id).throwOnError();
  console.log(`Webhook processed: created (event: ${eventId})`);
  return Response.json({
    ok: true,
    action: 'created',
    eventId,
    duration: Date.now() - startedAtMs,
  });
}

async function createEvent(booking: Booking): Promise<string> {
  const database = connect();
  const existing = await database.from('calendar_events').select('id')
    .eq('cal_com_event_id', booking.uid).maybeSingle().throwOnError();
  if (existing.data) return existing.data.id;

  const client = await database.from('clients').select('salon_id')
    .eq('id', booking.metadata.barkbookClientId).maybeSingle().throwOnError();
  const salonId = client.data?.salon_id;
  const [{ email, phoneNumber }] = booking.attendees;
  const event = await database.from('calendar_events').insert({
    cal_com_event_id: booking.uid,
    salon_id: salonId,
    client_id: booking.metadata.barkbookClientId,
    pet_id: booking.metadata.barkbookPetId,
    title: booking.title,
    description: booking.description,
    start_time: booking.startTime,
    end_time: booking.endTime,
    duration_minutes: minutesBetween(booking.startTime, booking.endTime),
    status: 'scheduled',
    attendee_email: email,
    attendee_phone: phoneNumber,
    location: booking.location,
    meeting_url: null,
    synced_at: new Date().toISOString(),
  }).select().single().throwOnError();

  await database.from('pet_visits').insert({
    pet_id: booking.metadata.barkbookPetId,
    salon_id: salonId,
    visit_date: booking.startTime.slice(0, 10),
    notes: [booking.title, booking.description, email, phoneNumber, booking.location].join('\n'),
  }).select().single().throwOnError();
  return event.data.id;
}

function minutesBetween(start: string, end: string): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
}

export default { fetch: withCpuUsage(receive) };
